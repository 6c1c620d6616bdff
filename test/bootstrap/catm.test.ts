import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withChain } from './chain.js'
import { runsI386 } from './steps.js'

describe.skipIf(!runsI386())('catm', () => {
  it('joins files of any size in the order given', async () => {
    await withChain((folder) => {
      const large = Buffer.alloc(200_001, 'abc')
      writeFileSync(join(folder, 'large'), large)
      writeFileSync(join(folder, 'empty'), '')
      writeFileSync(join(folder, 'small'), 'xyz')
      const inputs = ['small', 'empty', 'large', 'small']
      expect(
        spawnSync(join(folder, 'bin/catm'), ['joined', ...inputs], { cwd: folder }).status
      ).toBe(0)
      const expected = Buffer.concat([Buffer.from('xyz'), large, Buffer.from('xyz')])
      expect(readFileSync(join(folder, 'joined')).equals(expected)).toBe(true)
    })
  })

  it.each([
    ['an input is missing', ['joined', 'absent'], 'absent'],
    ['an input is a folder', ['joined', '.'], '.'],
    ['the output cannot be made', ['absent/out'], 'absent/out'],
    ['the output is full', ['/dev/full', 'M0.hex2'], 'M0.hex2'],
    ['no output is named', [], '']
  ])('names the file where %s', async (_, args, named) => {
    await withChain((folder) => {
      const done = spawnSync(join(folder, 'bin/catm'), args, { cwd: folder, encoding: 'latin1' })
      expect(done.status).toBe(1)
      expect(done.stderr).toBe(`catm: cannot open, read or write ${named}\n`)
    })
  })
})
