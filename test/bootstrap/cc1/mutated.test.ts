import fc from 'fast-check'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withChain } from '../chain.js'
import { runsI386 } from '../steps.js'
import { cc1, here } from './compile.js'

const folder = join(here, 'programs')
const tokens = readdirSync(folder)
  .filter((name) => name.endsWith('.c'))
  .map((name) => readFileSync(join(folder, name), 'latin1'))
  .flatMap((text) => text.match(/\w+|"[^"\n]*"|\s+|[^\w\s]/g) ?? [])

/** A part of the test programs, with some of its tokens exchanged for others or for any bytes. */
const mutated = fc
  .record({
    from: fc.nat(tokens.length - 1),
    length: fc.integer({ min: 1, max: 400 }),
    changes: fc.array(
      fc.record({
        at: fc.nat(400),
        remove: fc.nat(2),
        insert: fc.oneof(
          fc.nat(tokens.length - 1).map((at) => tokens[at] ?? ''),
          fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes).toString('latin1'))
        )
      }),
      { maxLength: 6 }
    )
  })
  .map(({ from, length, changes }) => {
    const start = tokens.lastIndexOf('int', from)
    const part = tokens.slice(Math.max(start, 0), from + length)
    for (const { at, remove, insert } of changes) part.splice(at % part.length, remove, insert)
    return part.join('')
  })

describe.skipIf(!runsI386())('cc1, given spoiled programs,', () => {
  it('never crashes: it succeeds in silence, or says where the error is', async () => {
    await withChain((chain) => {
      fc.assert(
        fc.property(mutated, (source) => {
          writeFileSync(join(chain, 'p.c'), source, 'latin1')
          const { status, stderr } = cc1(chain, ['p.c'])
          expect([0, 1]).toContain(status)
          expect(stderr).toMatch(status === 0 ? /^$/ : /^p\.c:\d+: error: [^]+\n$/)
        }),
        { numRuns: 300 }
      )
    })
  })
})
