import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withChain } from '../chain.js'
import { runsI386 } from '../steps.js'
import { build, buildWithGcc, here, run, whyNoGcc, type Ended } from './compile.js'

const folder = join(here, 'programs')
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.c'))
  .map((name) => name.slice(0, -2))
const sources = (name: string): string[] => [join(here, 'io.c'), join(folder, `${name}.c`)]

/** What each program prints is beside it; most end with 0. */
function expected(name: string): Ended {
  const statuses: Readonly<Record<string, number>> = { calls: 42, strings: 3 }
  const stdout = readFileSync(join(folder, `${name}.expected`), 'latin1')
  return { status: statuses[name] ?? 0, stdout, stderr: '' }
}

describe.skipIf(!runsI386())('programs in small C', () => {
  it.each(names)('%s', async (name) => {
    await withChain((chain) => {
      build(chain, sources(name))
      expect(run(chain, 'program', ['arg'])).toEqual(expected(name))
    })
  })

  const missing = whyNoGcc()
  it.skipIf(missing !== undefined).each(names)(
    `%s means the same to gcc${missing === undefined ? '' : ` (not checked: ${missing})`}`,
    async (name) => {
      await withChain((chain) => {
        buildWithGcc(chain, sources(name))
        expect(run(chain, 'expected', ['arg'])).toEqual(expected(name))
      })
    }
  )

  it('does not care how the sources are divided', async () => {
    await withChain((chain) => {
      const parts = sources('control')
      build(chain, parts)
      const divided = readFileSync(join(chain, 'program.M1'), 'latin1')
      run(chain, 'bin/catm', ['joined.c', ...parts])
      build(chain, ['joined.c'])
      expect(readFileSync(join(chain, 'program.M1'), 'latin1')).toBe(divided)
    })
  })
})
