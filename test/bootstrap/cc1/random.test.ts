import fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withChain } from '../chain.js'
import { runsI386 } from '../steps.js'
import { build, buildWithGcc, here, run, whyNoGcc } from './compile.js'
import { expressionProgram, statementProgram } from './random.js'

/** Both compilers' programs print the same. */
async function compare(programs: fc.Arbitrary<string>, numRuns: number): Promise<void> {
  await withChain((folder) => {
    const sources = [join(here, 'io.c'), 'random.c']
    fc.assert(
      fc.property(programs, (source) => {
        writeFileSync(join(folder, 'random.c'), source)
        build(folder, sources)
        buildWithGcc(folder, sources)
        expect(run(folder, 'program', [])).toEqual(run(folder, 'expected', []))
      }),
      { numRuns }
    )
  })
}

const missing = runsI386() ? whyNoGcc() : 'the kernel does not run i386 programs'

describe(`cc1 against gcc${missing === undefined ? '' : ` (not checked: ${missing})`}`, () => {
  it.skipIf(missing !== undefined)('gives random expressions the same values', async () => {
    await compare(expressionProgram, 25)
  })

  it.skipIf(missing !== undefined)('gives random statements the same effects', async () => {
    await compare(statementProgram, 25)
  })
})
