/**
 * Spoiled programs. More of them, or others, than in an ordinary run of the tests:
 *
 *     CC2_MUTATED=20000 CC2_MUTATED_SEED=1 npx vitest run test/cc/mutated.test.ts
 */
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { byCodeUnit } from '../../src/base/order.js'
import { buildCc2, runtime, whyNoGcc } from './toolchain.js'

const missing = whyNoGcc()
const count = Number(process.env['CC2_MUTATED'] ?? '400')
const seed = Number(process.env['CC2_MUTATED_SEED'] ?? '1')
const place = mkdtempSync(join(tmpdir(), 'cc2-mutated-'))
const folder = join(import.meta.dirname, 'programs')
afterAll(() => {
  rmSync(place, { recursive: true })
})

const programs = readdirSync(folder)
  .filter((name) => name.endsWith('.c'))
  .sort(byCodeUnit)
  .map(
    (name) => readFileSync(join(folder, name), 'latin1').match(/\w+|"[^"\n]*"|\s+|[^\w\s]/g) ?? []
  )
const tokens = programs.flat()

/** What takes the place of a token: one of another program's, any bytes, or nesting without an end. */
const replacement = fc.oneof(
  { weight: 6, arbitrary: fc.nat(tokens.length - 1).map((at) => tokens[at] ?? '') },
  {
    weight: 2,
    arbitrary: fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes).toString('latin1'))
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('(', '{', '[', '*', '-', '!', 'x ? ', '#if 1\n', 'struct {'),
        fc.nat(3000)
      )
      .map(([text, times]) => text.repeat(times))
  }
)

/** A test program with some of its tokens exchanged, and perhaps its end cut off. */
const mutated = fc
  .record({
    program: fc.nat(programs.length - 1),
    keep: fc.integer({ min: 1, max: 2000 }),
    changes: fc.array(fc.record({ at: fc.nat(2000), remove: fc.nat(3), insert: replacement }), {
      minLength: 1,
      maxLength: 5
    })
  })
  .map(({ program, keep, changes }) => {
    const part = (programs[program] ?? []).slice(0, keep)
    for (const { at, remove, insert } of changes) part.splice(at % part.length, remove, insert)
    return part.join('')
  })

describe.skipIf(missing !== undefined)(`cc2, given spoiled programs, ${missing ?? ''}`, () => {
  test('neither crashes nor hangs: it succeeds in silence, or says where the error is', () => {
    const [source, output] = [join(place, 'spoiled.c'), join(place, 'out')]
    const include = ['-I', join(import.meta.dirname, 'include')]
    fc.assert(
      fc.property(mutated, (text) => {
        writeFileSync(source, text, 'latin1')
        const args = [...include, '-o', output, 'spoiled.c', runtime]
        const options = { cwd: place, timeout: 10_000, encoding: 'latin1' as const }
        const { status, stderr, stdout } = spawnSync(buildCc2(), args, options)
        expect([0, 1]).toContain(status)
        expect(stdout).toBe('')
        expect(stderr).toMatch(status === 0 ? /^$/ : /^(?:[^\n]+:\d+|cc2): error: [^\n]+\n$/)
      }),
      { numRuns: count, seed }
    )
  }, 900_000)
})
