import fc from 'fast-check'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { observe } from './against-model.js'
import { runsI386, stage0Folder } from './steps.js'
import { anyCharacter, bytes, hex0Piece, inputs } from './input.js'
import { hex0 } from './model/hex0.js'

describe.skipIf(!runsI386())('hex0', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hex0-'))
  const seed = join(folder, 'bin/hex0')
  beforeAll(() => {
    mkdirSync(join(folder, 'bin'))
    copyFileSync(join(stage0Folder, 'hex0-seed'), seed)
    chmodSync(seed, 0o755)
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('does what its model does, with good and with spoiled input', () => {
    fc.assert(
      fc.property(inputs(hex0Piece, anyCharacter), (input) => {
        const observed = observe(folder, 'hex0', input)
        const model = hex0(input)
        expect(observed.stderr).toBe('')
        if (model.output === undefined) expect(observed.status).toBeGreaterThan(0)
        else expect(observed).toMatchObject({ status: 0, output: Buffer.from(model.output) })
      }),
      { numRuns: 300 }
    )
  })

  it('refuses each byte that is neither digit nor white space nor the start of a comment', () => {
    for (let code = 0; code < 256; code++) {
      const input = Uint8Array.of(code, code)
      const status = observe(folder, 'hex0', input).status ?? -1
      expect(status === 0, `byte ${code}`).toBe(hex0(input).output !== undefined)
    }
  })

  it('gives its output to its owner alone, whatever the umask', () => {
    observe(folder, 'hex0', bytes('00'))
    expect(statSync(join(folder, 'case.out')).mode & 0o777).toBe(0o700)
  })

  it('makes an old, longer output new', () => {
    const old = join(folder, 'old')
    writeFileSync(old, 'something long')
    writeFileSync(join(folder, 'in'), '41')
    expect(spawnSync(seed, [join(folder, 'in'), old]).status).toBe(0)
    expect(readFileSync(old, 'latin1')).toBe('A')
  })

  it.each([
    ['no argument', []],
    ['one argument', ['in']],
    ['an input that is not there', ['absent', 'out']],
    ['an input that is a folder', ['.', 'out']],
    ['an output that cannot be made', ['in', 'absent/out']],
    ['an empty input and an output that cannot be made', ['empty', 'absent/out']],
    ['an output that is full', ['in', '/dev/full']]
  ])('fails with %s', (_, args) => {
    writeFileSync(join(folder, 'in'), '41')
    writeFileSync(join(folder, 'empty'), '')
    expect(spawnSync(seed, args, { cwd: folder }).status).toBeGreaterThan(0)
  })

  it('leaves the output alone where the input is missing', () => {
    const out = join(folder, 'kept')
    writeFileSync(out, 'kept')
    spawnSync(seed, [join(folder, 'absent'), out])
    expect(readFileSync(out, 'latin1')).toBe('kept')
  })
})
