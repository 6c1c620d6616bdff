import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byCodeUnit } from '../../src/base/order.js'
import { run } from '../../src/base/process.js'
import { buildBootstrapImages, fetchedSource, unpackImage } from '../world/bootstrap-images.js'

const built = buildBootstrapImages('bootstrap-musl')
const out = built.missing === undefined ? built.out : ''
const system = join(out, 'system')
const folder = join(out, 'tests/tests2')
afterAll(() => {
  if (out !== '') rmSync(out, { recursive: true })
})

/** What does not apply, by the tests' own Makefile where it says so. */
const others: Readonly<Record<string, string>> = {
  '34_array_assignment': 'the Makefile skips it everywhere',
  '60_errors_and_warnings': 'wants -dt, and that -run, for which a static TinyCC is not made',
  '95_bitfields': 'the Makefile skips it on 32-bit Linux',
  '95_bitfields_ms': 'the Makefile skips it on 32-bit Linux',
  '96_nodata_wanted': 'wants -dt',
  '112_backtrace': 'the Makefile skips it with musl',
  '113_btdll': 'makes shared libraries',
  '114_bound_signal': 'bounds checking, which is not built'
}
/** Arguments that the Makefile gives, and second source files. */
const args: Readonly<Record<string, readonly string[]>> = {
  '31_args': ['arg1', 'arg2', 'arg3', 'arg4', 'arg5'],
  '46_grep': ['[^* ]*[:a:d: ]+\\:\\*-/: $', '46_grep.c']
}
const more: Readonly<Record<string, readonly string[]>> = { '104_inline': ['104+_inline.c'] }

/** How TinyCC compiles with the image's files where they are, and not in the /usr that it was made for. */
function compileArguments(name: string): string[] {
  const at = (path: string): string => join(system, 'usr', path)
  const libraries = ['libc.a', 'tcc/libtcc1.a', 'libc.a', 'crtn.o']
  return [
    ...['-nostdinc', '-I', at('lib/tcc/include'), '-I', at('include'), '-nostdlib', '-static'],
    ...[
      `-B${at('lib/tcc')}`,
      '-o',
      `./${name}.exe`,
      at('lib/crt1.o'),
      at('lib/crti.o'),
      `${name}.c`
    ],
    ...(more[name] ?? []),
    ...libraries.map((file) => at(join('lib', file)))
  ]
}

/** What compiling and running a test prints, both streams, as the Makefile compares it. */
async function outputOf(name: string): Promise<string> {
  const options = { cwd: folder, signal: AbortSignal.timeout(60_000) }
  const tcc = join(system, 'usr/bin/tcc')
  const compiled = await run(tcc, compileArguments(name), options)
  if (compiled.status !== 0) return `does not compile: ${compiled.stderr}`
  const ran = await run(join(folder, `${name}.exe`), args[name] ?? [], options)
  return compiled.stdout + compiled.stderr + ran.stdout + ran.stderr
}

const lines = (text: string): string => text.replace(/[ \t\r]+$/gm, '').trimEnd()

describe.skipIf(built.missing !== undefined)(`TinyCC and musl ${built.missing ?? ''}`, () => {
  beforeAll(async () => {
    await unpackImage(join(out, 'bootstrap-tcc'), system)
    await unpackImage(join(out, 'bootstrap-musl'), system)
    const archive = fetchedSource('tcc', 'tcc_0.9.27+git20200814.62c30a4a.orig.tar.bz2')
    mkdirSync(join(out, 'tests'), { recursive: true })
    expect(spawnSync('tar', ['xjf', archive, '-C', out, 'tests/tests2']).status).toBe(0)
  })

  it('pass all of TinyCC’s own test programs that apply', async () => {
    const names = readdirSync(folder)
      .filter((file) => file.endsWith('.expect'))
      .map((file) => file.slice(0, -'.expect'.length))
      .filter((name) => existsSync(join(folder, `${name}.c`)))
      .sort(byCodeUnit)
    expect(names).toHaveLength(107)
    const apply = names.filter((name) => !(name in others))
    expect(apply).toHaveLength(99)
    for (const name of apply) {
      const expected = readFileSync(join(folder, `${name}.expect`), 'utf8')
      expect(`${name}: ${lines(await outputOf(name))}`).toBe(`${name}: ${lines(expected)}`)
    }
  }, 300_000)
})
