import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planPossible } from '../../src/build/plan/plan.js'
import { checkCommand } from '../../src/cli/check.js'
import { digestsCommand } from '../../src/cli/digests.js'
import { graphCommand } from '../../src/cli/graph.js'
import { listCommand } from '../../src/cli/list.js'
import { runCommandLine } from '../../src/cli/program.js'
import { showCommand } from '../../src/cli/show.js'
import { whyCommand } from '../../src/cli/why.js'
import { makeGraph } from '../../src/tree/graph.js'
import { reachable } from '../../src/tree/graph-walk.js'
import { loadTree } from '../../src/tree/load-tree.js'
import type { Tree } from '../../src/tree/tree.js'
import { sampleWorld } from '../cli/sample-world.js'
import { damages } from './damage.js'
import { Random } from './random.js'

/** As in `containerfile.test.ts`; a damaged tree takes a hundred times as long as a text. */
const count = Math.ceil(Number(process.env['FUZZ_COUNT'] ?? 5000) / 100)
const seed = Number(process.env['FUZZ_SEED'] ?? 1)

const hash = '0123456789abcdef'.repeat(4)

function definition(name: string, more = 'version = "1.2.3"\n'): string {
  return [
    `[package]\nname = "${name}"\n${more}license = "MIT"\n`,
    `[sources.${name}]\nhash = "${hash}"\n`,
    `file = "${name}-{version}.tar.gz"\n`,
    `mirrors = ["https://example.org/{file}", "https://example.com/{file}"]\n`
  ].join('')
}

function containerfile(...from: readonly string[]): string {
  const copies = from.map((image) => `COPY --from=stagex/${image} . /\n`).join('')
  return `FROM scratch AS package\nARG VERSION\n${copies}RUN --network=none <<-EOF\n\ttrue\nEOF\n`
}

/** Each image, what it is built from, and what stands in its package.toml beside the usual. */
const packages: readonly (readonly [name: string, from: readonly string[], more?: string])[] = [
  ['bootstrap-stage0', []],
  ['core-libc', ['bootstrap-stage0']],
  ['core-zlib', ['core-libc']],
  ['core-follower', ['core-libc'], 'version_from = "core-zlib"\n'],
  ['user-app', ['core-zlib', 'core-libc']],
  ['user-alone', []]
]

function writeTree(root: string): void {
  for (const [fullName, from, more] of packages) {
    const [stage = '', name = ''] = fullName.split('-')
    const folder = join(root, 'packages', stage, name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.toml'), definition(name, more))
    writeFileSync(join(folder, 'Containerfile'), containerfile(...from))
  }
  mkdirSync(join(root, 'digests'))
  writeFileSync(join(root, 'digests', 'core.txt'), `${hash} core-libc\n${hash} core-zlib\n`)
}

const commands = [checkCommand, digestsCommand, graphCommand, listCommand, showCommand, whyCommand]

/** No command line takes longer, on a machine that is busy with other things. */
const MOST_MILLISECONDS = 20_000

async function stagex(root: string, ...words: string[]): Promise<{ status: number; told: string }> {
  const world = sampleWorld({ cwd: root, env: { HOME: root } })
  const started = performance.now()
  const status = await runCommandLine(['--root', root, ...words], commands, world, '1')
  expect(performance.now() - started).toBeLessThan(MOST_MILLISECONDS)
  const told = [...world.out, ...world.err].join('')
  expect(told).not.toContain('[internal/bug]')
  expect(told).not.toContain('[system/')
  return { status, told }
}

/** Packages that have nothing to do with a damaged one: neither built from it nor of its version. */
function innocents(clean: Tree, victim: string): string[] {
  const affected = new Set(reachable([victim], makeGraph(clean).dependants))
  return [...clean.packages.values()]
    .filter(({ fullName, versionFrom }) => !affected.has(fullName) && versionFrom !== victim)
    .map(({ fullName }) => fullName)
}

/** What a build of a package is made of, without the folder of this copy of the tree. */
function gist(tree: Tree, name: string): unknown {
  const { version, sources, buildArguments, stages, license } = tree.packages.get(name) ?? {}
  return { version, sources, buildArguments, stages, license }
}

async function withTree(work: (root: string, clean: Tree) => Promise<void>): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'stagex-fuzz-'))
  try {
    writeTree(join(scratch, 'clean'))
    await work(scratch, await loadTree(join(scratch, 'clean')))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

test(
  `no damage to a package of ${count} reaches another one`,
  async () => {
    await withTree(async (scratch, clean) => {
      expect(clean.problems).toEqual([])
      for (let number = 0; number < count; number++) {
        const random = new Random(seed * 1_000_003 + number)
        const root = join(scratch, String(number))
        cpSync(join(scratch, 'clean'), root, { recursive: true })
        const [victim] = packages[random.below(packages.length)] ?? packages[0] ?? ['']
        const name = random.pick(['package.toml', 'Containerfile'])
        const file = join('packages', victim.replace('-', '/'), name)
        const damage = random.pick(damages)
        damage.apply(join(root, file), random)
        await told(number, `${damage.name} in ${file}`, async () => {
          await expectContained(root, clean, victim, file, damage.fatal)
        })
        rmSync(root, { recursive: true, force: true })
      }
    })
  },
  120_000 + 400 * count
)

async function expectContained(
  root: string,
  clean: Tree,
  victim: string,
  file: string,
  fatal: boolean
): Promise<void> {
  const tree = await loadTree(root)
  const good = innocents(clean, victim)
  for (const name of good) expect(gist(tree, name)).toEqual(gist(clean, name))
  for (const [name, problems] of tree.broken) {
    expect(problems.some((problem) => problem.package === name)).toBe(true)
  }
  const isBroken = tree.broken.has(victim)
  expect(isBroken || !fatal).toBe(true)
  if (isBroken) expect(tree.problems.map((problem) => problem.file)).toContain(file)
  const { plan } = planPossible(tree, [...tree.images.keys()])
  expect(plan.wanted).toEqual(expect.arrayContaining(good))
  const listed = await stagex(root, 'list')
  if (isBroken) expect(listed).toMatchObject({ status: 1 })
  if (isBroken) expect(listed.told).toContain(file)
  for (const words of [['graph'], ['digests'], ['check'], ['why', 'user-app', 'core-zlib']]) {
    expect((await stagex(root, ...words)).status).toBeLessThan(4)
  }
  for (const name of good) expect((await stagex(root, 'show', name)).status).toBe(0)
}

test('no damage to a file of digests is passed over, or reaches another stage', async () => {
  await withTree(async (scratch) => {
    for (const [number, damage] of damages.entries()) {
      const root = join(scratch, String(number))
      cpSync(join(scratch, 'clean'), root, { recursive: true })
      damage.apply(join(root, 'digests/core.txt'), new Random(seed + number))
      await told(number, damage.name, async () => {
        const shown = await stagex(root, 'show', 'core-libc')
        if (damage.fatal) {
          expect(shown.status).toBe(2)
          expect(shown.told).toContain('digests/core.txt')
        }
        expect((await stagex(root, 'show', 'user-alone')).status).toBe(0)
        expect((await stagex(root, 'list')).status).toBe(0)
      })
    }
  })
}, 120_000)

test('no damage to a folder of packages reaches another one', async () => {
  await withTree(async (scratch, clean) => {
    const whole = damages.filter(({ fatal }) => fatal)
    for (const [number, damage] of whole.entries()) {
      for (const folder of ['packages/core', 'packages/user/alone']) {
        const root = join(scratch, `${number}`)
        cpSync(join(scratch, 'clean'), root, { recursive: true })
        damage.apply(join(root, folder), new Random(seed + number))
        await told(number, `${damage.name} in place of ${folder}`, async () => {
          const tree = await loadTree(root)
          expect(gist(tree, 'bootstrap-stage0')).toEqual(gist(clean, 'bootstrap-stage0'))
          for (const words of [['list'], ['graph'], ['check'], ['digests']]) {
            expect((await stagex(root, ...words)).status).toBeLessThan(3)
          }
        })
        rmSync(root, { recursive: true, force: true })
      }
    }
  })
}, 120_000)

test('names that are no text are told, and keep nobody from working', async () => {
  await withTree(async (scratch, clean) => {
    const root = join(scratch, 'clean')
    for (const folder of ['', '/core', '/core/zlib', '/user/alone']) {
      mkdirSync(Buffer.from(`${root}/packages${folder}/\xff\xfe\n\x1b[31m`, 'latin1'))
      writeFileSync(Buffer.from(`${root}/packages${folder}/\xc3(`, 'latin1'), 'x')
    }
    const tree = await loadTree(root)
    for (const [name] of packages) expect(gist(tree, name)).toEqual(gist(clean, name))
    const { status, told: text } = await stagex(root, 'list')
    expect(status).toBe(1)
    expect(text).toContain('[tree/bad-directory-name]')
    expect(text).not.toContain('\u001b[31m')
    expect((await stagex(root, 'check')).told).not.toContain('\u001b[31m')
  })
})

/** A failure names the damage, and the number that makes it again. */
async function told(number: number, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    throw new Error(`${what} (number ${number} of seed ${seed}): ${String(cause)}`, { cause })
  }
}
