import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { toolchains } from '../tools/toolchain.js'
import { buildCc2, whyNoGcc } from './toolchain.js'

const root = resolve(import.meta.dirname, '../..')
const recipe = join(root, 'packages/bootstrap/tcc')
const source = join(root, 'fetch/bootstrap/tcc/tcc_0.9.27+git20200814.62c30a4a.orig.tar.bz2')
const missing =
  whyNoGcc() ?? (existsSync(source) ? undefined : 'its source is not there (stagex fetch tcc)')

const place = mkdtempSync(join(tmpdir(), 'tinycc-'))
const bin = join(place, 'bin')
afterAll(() => {
  rmSync(place, { recursive: true })
})

/** A folder as the package's Containerfile lays it out, with the source unpacked and patched. */
async function workFolder(name: string): Promise<string> {
  const folder = join(place, name)
  mkdirSync(folder)
  for (const file of ['patches', ...readdirSync(recipe).filter((one) => /\.(kaem|h)$/.test(one))])
    cpSync(join(recipe, file), join(folder, file), { recursive: true })
  copyFileSync(source, join(folder, 'tcc.tar.bz2'))
  await script(folder, 'unpack.kaem')
  return folder
}

/** Runs a script of the package with stage0's tools and nothing else on the path. */
async function script(folder: string, name: string): Promise<void> {
  const env = { PATH: bin, stage0: join(root, 'packages/bootstrap/stage0') }
  const done = await run(join(bin, 'kaem'), ['--strict', '--file', name], { cwd: folder, env })
  expect(`${done.status} ${done.stderr}`).toBe('0 ')
}

/** Whether this compiler is here and can make programs of 32 bits. */
function compiles(compiler: string): boolean {
  const flags = ['-m32', '-x', 'c', '-o', join(place, `${compiler}-works`), '-']
  return spawnSync(compiler, flags, { input: 'int main(void) { return 0; }' }).status === 0
}

const results = (folder: string): readonly Buffer[] =>
  ['second/tcc', 'out/tcc', 'out/libtcc1.a'].map((file) => readFileSync(join(folder, file)))

describe.skipIf(missing !== undefined)(`TinyCC ${missing ?? ''}`, () => {
  beforeAll(() => {
    mkdirSync(bin)
    const tools = toolchains().find((chain) => chain.name === 'cc2')
    for (const name of ['kaem', 'unbzip2', 'untar', 'patch', 'mkdir', 'sha256sum'])
      symlinkSync(tools?.tool(name) ?? '', join(bin, name))
    symlinkSync(buildCc2(), join(bin, 'cc2'))
  }, 120_000)

  let byCc2: readonly Buffer[] = []

  test('compiled by cc2 reaches a fixpoint: it makes the same bytes of itself', async () => {
    const folder = await workFolder('cc2')
    await script(folder, 'first.kaem')
    await script(folder, 'fixpoint.kaem')
    byCc2 = results(folder)
    expect(byCc2[1]?.equals(byCc2[0] ?? Buffer.alloc(0))).toBe(true)
  }, 120_000)

  for (const compiler of ['gcc', 'clang'])
    test.skipIf(!compiles(compiler))(
      `reaches the same fixpoint from ${compiler}`,
      async () => {
        const folder = await workFolder(compiler)
        const flags = ['-m32', '-w', '-O1', '-fno-strict-aliasing', '-I', '.', '-I', 'source']
        const defines = ['-D', 'ONE_SOURCE=1', '-D', 'TCC_TARGET_I386=1']
        const files = ['-o', 'tcc-first', 'source/tcc.c', '-ldl']
        const built = await run(compiler, [...flags, ...defines, ...files], { cwd: folder })
        expect(`${built.status} ${built.stderr}`).toBe('0 ')
        await script(folder, 'fixpoint.kaem')
        const fixpoint = results(folder)
        expect(fixpoint.map((file, index) => file.equals(byCc2[index] ?? Buffer.alloc(0)))).toEqual(
          [true, true, true]
        )
      },
      120_000
    )
})
