import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withChain } from '../chain.js'
import { runsI386, stage0Folder } from '../steps.js'
import { build, buildWithGcc, run, whyNoGcc } from './compile.js'
import { childrenCpuMilliseconds } from '../../world/cpu-time.js'

const cc2 = join(stage0Folder, 'cc2')
const parts = readFileSync(join(cc2, 'sources.txt'), 'latin1').trim().split('\n')
const sources = parts.map((part) => join(cc2, part))

/** cc2 as `compiler` makes it of its own source. */
function compileItself(folder: string, compiler: string, output: string): Buffer {
  run(folder, 'bin/catm', ['cc2.c', join(cc2, 'start.c'), ...sources])
  const ended = run(folder, compiler, ['-o', output, 'cc2.c'])
  expect(ended).toEqual({ status: 0, stdout: '', stderr: '' })
  return readFileSync(join(folder, output))
}

describe.skipIf(!runsI386())('cc2, compiled by cc1,', () => {
  it('compiles itself, and what comes out compiles itself to the same', async () => {
    await withChain((folder) => {
      build(folder, sources)
      const second = compileItself(folder, 'program', 'generation-2')
      expect(compileItself(folder, 'generation-2', 'generation-3').equals(second)).toBe(true)
    })
  })

  const missing = whyNoGcc()
  it.skipIf(missing !== undefined)(
    `makes the same of itself as cc2 compiled by gcc${missing === undefined ? '' : ` (${missing})`}`,
    async () => {
      await withChain((folder) => {
        build(folder, sources)
        buildWithGcc(folder, sources)
        const ours = compileItself(folder, 'program', 'ours')
        expect(compileItself(folder, 'expected', 'gccs').equals(ours)).toBe(true)
      })
    }
  )

  it('takes less than two seconds', async () => {
    await withChain((folder) => {
      const start = childrenCpuMilliseconds()
      build(folder, sources)
      expect(childrenCpuMilliseconds() - start).toBeLessThan(2000)
    })
  })
})
