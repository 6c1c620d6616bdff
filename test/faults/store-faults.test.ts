import { chmodSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SmallTree, seedSteps } from '../world/small-tree.js'

/** Builds the image again with an empty out folder, so that every blob has to be read. */
async function rebuild(tree: SmallTree): Promise<string | undefined> {
  rmSync(join(tree.root, 'out'), { recursive: true, force: true })
  const row = (await tree.build('above')).get('user-above')
  expect(['built', 'cached']).toContain(row?.outcome)
  return row?.digest
}

function twoImages(): SmallTree {
  const tree = new SmallTree()
  tree.add('greeting', seedSteps)
  tree.add('above', 'FROM stagex/user-greeting\nCOPY text /\n', { text: 'text' })
  return tree
}

describe('a store in which something was damaged', () => {
  let expected: string | undefined

  beforeAll(async () => {
    expected = await rebuild(twoImages())
  })

  const damages: [string, (file: string) => void][] = [
    ['one byte changed', flipMiddleByte],
    [
      'cut short',
      (file) => {
        truncateSync(file, 5)
      }
    ],
    [
      'emptied',
      (file) => {
        truncateSync(file, 0)
      }
    ],
    [
      'removed',
      (file) => {
        rmSync(file)
      }
    ]
  ]

  for (const [damage, apply] of damages) {
    it(`gives the same digest after every blob was ${damage}, one at a time`, async () => {
      const tree = twoImages()
      expect(await rebuild(tree)).toBe(expected)
      const blobs = join(tree.home, 'blobs/sha256')
      for (const blob of readdirSync(blobs)) {
        chmodSync(join(blobs, blob), 0o644)
        apply(join(blobs, blob))
        expect(await rebuild(tree), blob).toBe(expected)
      }
    })

    it(`gives the same digest after every record was ${damage}, all at once`, async () => {
      const tree = twoImages()
      await rebuild(tree)
      for (const kind of readdirSync(join(tree.home, 'records'))) {
        const records = join(tree.home, 'records', kind)
        for (const record of readdirSync(records)) apply(join(records, record))
      }
      expect(await rebuild(tree)).toBe(expected)
    })
  }

  it('makes snapshots again that a crash of the machine left with other content', async () => {
    const tree = twoImages()
    await rebuild(tree)
    const snapshots = join(tree.home, 'snapshots')
    for (const snapshot of readdirSync(snapshots)) {
      // As if made before the machine's last start, so that it is looked at before it is used.
      writeFileSync(join(snapshots, snapshot, 'boot'), 'earlier')
      for (const file of ['fs/first', 'fs/build/first', 'fs/text'])
        emptyIfThere(join(snapshots, snapshot, file))
    }
    rmSync(join(tree.home, 'blobs/sha256'), { recursive: true })
    expect(await rebuild(tree)).toBe(expected)
  })
})

describe('a store that cannot be used', () => {
  it('is refused when it belongs to a newer stagex, with nothing changed in it', async () => {
    const tree = twoImages()
    await rebuild(tree)
    writeFileSync(join(tree.home, 'version'), '7\n')
    const error = await tree.errorOf('build', 'above')
    expect(error).toMatchObject({ code: 'store/newer-version', found: 'version 7' })
    expect(readFileSync(join(tree.home, 'version'), 'utf8')).toBe('7\n')
  })

  it.skipIf(process.getuid?.() === 0)('is refused when it cannot be written to', async () => {
    const tree = twoImages()
    await rebuild(tree)
    chmodSync(join(tree.home, 'sessions'), 0o555)
    const error = await tree.errorOf('build', 'above', '--no-cache')
    expect(error.code).toBe('store/not-writable')
  })
})

function flipMiddleByte(file: string): void {
  const bytes = readFileSync(file)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  chmodSync(file, 0o644)
  writeFileSync(file, bytes)
}

function emptyIfThere(file: string): void {
  try {
    truncateSync(file, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
