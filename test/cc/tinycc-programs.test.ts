import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { byCodeUnit } from '../../src/base/order.js'
import { run } from '../../src/base/process.js'
import { buildCc2, runtime, whyNoGcc } from './toolchain.js'

const root = resolve(import.meta.dirname, '../..')
const libc = join(root, 'packages/bootstrap/stage0/libc')
const source = join(root, 'fetch/bootstrap/tcc/tcc_0.9.27+git20200814.62c30a4a.orig.tar.bz2')
const missing =
  whyNoGcc() ?? (existsSync(source) ? undefined : 'their source is not there (stagex fetch tcc)')

/** TinyCC's test programs that do not apply to cc2 and its libc, each by what they are about. */
const others: Readonly<Record<string, string>> = {
  "TinyCC's own messages, options and symbols": '60 96 104 112 113 86 70',
  'arguments or files of their own': '31 46',
  'GNU extensions': '03 17 39 76 77 81 87 89 90 101 103 108 117',
  'alignment and packing': '82 88 95 102',
  'variable-length arrays': '78 79 100 115',
  'initialised open arrays': '80',
  'C11 and later': '33 83 94',
  'assembly and other calling conventions': '85 98 99',
  'libraries that our libc leaves out': '22 24 97 106 114 116',
  'an array assigned': '34',
  'the width of a bit-field type, where TinyCC and gcc differ': '93',
  'other processors': '73'
}
const excluded = new Set(Object.values(others).flatMap((numbers) => numbers.split(' ')))

const place = mkdtempSync(join(tmpdir(), 'tinycc-programs-'))
const folder = join(place, 'tests/tests2')
afterAll(() => {
  rmSync(place, { recursive: true })
})

const withoutTrailingBlanks = (text: string): string => text.replace(/[ \t]+$/gm, '').trimEnd()

describe.skipIf(missing !== undefined)(`TinyCC's test programs ${missing ?? ''}`, () => {
  beforeAll(() => {
    expect(spawnSync('tar', ['xjf', source, '-C', place, 'tests/tests2']).status).toBe(0)
  })

  test('that apply print what they should', async () => {
    const names = readdirSync(folder)
      .filter((file) => file.endsWith('.expect') && !excluded.has(file.split('_')[0] ?? ''))
      .map((file) => file.slice(0, -'.expect'.length))
      .filter((name) => existsSync(join(folder, `${name}.c`)))
      .sort(byCodeUnit)
    const library = readdirSync(join(libc, 'src')).filter((file) => file.endsWith('.c'))
    const files = [...library.map((file) => join(libc, 'src', file)), runtime]
    const include = ['-I', join(libc, 'include'), '-I', join(libc, 'src')]
    expect(names.length).toBeGreaterThanOrEqual(60)
    for (const name of names) {
      const program = join(place, name)
      const built = await run(
        buildCc2(),
        [...include, '-o', program, join(folder, `${name}.c`), ...files],
        { cwd: folder }
      )
      expect(`${name} ${built.stderr}`).toBe(`${name} `)
      const { stdout } = await run(program, [], { cwd: folder })
      const expected = readFileSync(join(folder, `${name}.expect`), 'utf8')
      expect(withoutTrailingBlanks(stdout)).toBe(withoutTrailingBlanks(expected))
    }
  }, 120_000)
})
