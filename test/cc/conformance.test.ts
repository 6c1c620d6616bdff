import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { byCodeUnit } from '../../src/base/order.js'
import { inParallel } from '../../src/base/in-parallel.js'
import { buildCc2, compileByCc2, compileByGcc, outputOf, whyNoGcc } from './toolchain.js'

const folder = join(import.meta.dirname, 'programs')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.c'))
  .map((file) => file.slice(0, -2))
  .sort(byCodeUnit)
const expected = (name: string): string => readFileSync(join(folder, `${name}.expected`), 'utf8')

const missing = whyNoGcc()
const place = mkdtempSync(join(tmpdir(), 'cc2-conformance-'))
afterAll(() => {
  rmSync(place, { recursive: true })
})

test('the suite has at least three hundred programs', () => {
  expect(names.length).toBeGreaterThanOrEqual(300)
})

describe.skipIf(missing !== undefined)(
  `programs compiled by cc2 print what they should ${missing ?? ''}`,
  () => {
    test.each(names)('%s', async (name) => {
      const program = join(place, name)
      await compileByCc2(buildCc2(), join(folder, `${name}.c`), program)
      expect(await outputOf(program)).toBe(expected(name))
    })
  }
)

test.skipIf(missing !== undefined)(
  `gcc agrees with every expectation ${missing ?? ''}`,
  async () => {
    const wrong = await inParallel(names, 2, async (name) => {
      const program = join(place, `${name}.gcc`)
      await compileByGcc(join(folder, `${name}.c`), program)
      return (await outputOf(program)) === expected(name) ? [] : [name]
    })
    expect(wrong.flat()).toEqual([])
  },
  180_000
)
