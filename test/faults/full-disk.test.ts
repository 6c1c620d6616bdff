import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SmallTree, seedSteps } from '../world/small-tree.js'

/** A store on a disk of its own, whose size can change. */
class SmallDisk {
  readonly tree = new SmallTree()

  constructor(kibibytes: number) {
    mkdirSync(this.tree.home)
    this.#mount(`size=${kibibytes}k`)
  }

  resize(kibibytes: number): void {
    this.#mount(`remount,size=${kibibytes}k`)
  }

  makeReadOnly(): void {
    this.#mount('remount,ro')
  }

  close(): void {
    execFileSync('umount', ['--lazy', this.tree.home])
  }

  #mount(options: string): void {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'small-disk', this.tree.home])
  }
}

/** A package whose build takes about 3 MiB in the store, in many steps and files. */
function addPackages(tree: SmallTree): void {
  tree.add('greeting', seedSteps)
  const steps = ['one', 'two', 'three', 'four'].map((name) => `COPY ${name} /`)
  tree.add('large', ['FROM stagex/user-greeting', ...steps, ''].join('\n'))
  for (const name of ['one', 'two', 'three', 'four']) {
    const noise = Array.from({ length: 40_000 }, (_, i) => `${name}${(i * 7919) % 104_729}`)
    writeFileSync(join(tree.root, 'packages/user/large', name), noise.join(''))
  }
}

describe.skipIf(process.getuid?.() !== 0)('a store whose disk', () => {
  let expected: string | undefined

  beforeAll(async () => {
    const tree = new SmallTree()
    addPackages(tree)
    expected = (await tree.build('large')).get('user-large')?.digest
    expect(expected).toMatch(/^sha256:/)
  })

  it('ends in the middle is said to be full, and goes on where there is room again', async () => {
    const disk = new SmallDisk(16)
    addPackages(disk.tree)
    const codes = new Set<string>()
    for (let size = 16; size < 6000; size = Math.ceil(size * 1.3)) {
      disk.resize(size)
      const { code, digest } = await outcomeOf(disk.tree)
      codes.add(code ?? 'built')
      if (code === undefined) expect(digest).toBe(expected)
    }
    expect([...codes].sort()).toEqual(['built', 'store/full'])
    disk.resize(20_000)
    expect((await outcomeOf(disk.tree, '--no-cache')).digest).toBe(expected)
    disk.close()
  }, 120_000)

  it('cannot be written is said to be so', async () => {
    const disk = new SmallDisk(20_000)
    addPackages(disk.tree)
    disk.makeReadOnly()
    expect((await outcomeOf(disk.tree)).code).toBe('store/not-writable')
    disk.close()
  })
})

interface Outcome {
  readonly code?: string
  readonly digest?: string
}

async function outcomeOf(tree: SmallTree, ...words: string[]): Promise<Outcome> {
  const { stdout, stderr } = await tree.run('--json', 'build', 'large', ...words)
  const report = JSON.parse(stdout === '' ? '{}' : stdout) as {
    error?: { code: string }
    images?: { image: string; digest?: string; error?: { code: string } }[]
  }
  const failed = report.error ?? report.images?.find(({ error }) => error !== undefined)?.error
  if (failed !== undefined) return { code: failed.code }
  const row = report.images?.find(({ image }) => image === 'user-large')
  if (row?.digest === undefined) throw new Error(`no outcome: ${stdout}${stderr}`)
  return { digest: row.digest }
}
