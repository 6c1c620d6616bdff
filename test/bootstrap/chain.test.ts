import { isUtf8 } from 'node:buffer'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAnswers, sha256 } from './answers.js'
import { readSteps, runsI386, stage0Folder, withChain } from './chain.js'
import { hex0 } from './model/hex0.js'

const seed = readFileSync(join(stage0Folder, 'hex0-seed'))

/** UTF-8 without control characters other than tab and newline. */
function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !/[^\t\n\P{Cc}]/u.test(bytes.toString('utf8'))
}

describe('the seed', () => {
  it('has at most 181 bytes', () => {
    expect(seed.length).toBeLessThanOrEqual(181)
  })

  it('is what its own text says, read by the model', () => {
    const text = readFileSync(join(stage0Folder, 'hex0.hex0'))
    expect(hex0(text)).toEqual({ output: seed })
  })

  it('is the only file of stage0 that is not text', () => {
    const files = readdirSync(stage0Folder, { recursive: true, withFileTypes: true })
    const binaries = files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !isText(readFileSync(file)))
    expect(binaries).toEqual([join(stage0Folder, 'hex0-seed')])
  })

  it('stands first in the build, before any other program could run', () => {
    const runs = readSteps(readFileSync(join(stage0Folder, 'Containerfile'), 'utf8')).flatMap(
      (step) => (step.kind === 'run' ? [step.command] : [])
    )
    expect(runs[0]).toEqual(['bin/hex0-seed', 'hex0.hex0', 'bin/hex0'])
  })
})

describe.skipIf(!runsI386())('the chain', () => {
  it('gives the programs whose digests the answers hold', async () => {
    await withChain((folder) => {
      const answers = readAnswers()
      const made = [...answers.keys()].map((name) => [name, sha256(join(folder, name))] as const)
      expect(new Map(made)).toEqual(answers)
    })
  })

  it('gives the seed again', async () => {
    await withChain((folder) => {
      expect(readFileSync(join(folder, 'bin/hex0'))).toEqual(seed)
    })
  })

  it('has an answer for each program it makes', async () => {
    await withChain((folder) => {
      const programs = readdirSync(join(folder, 'bin'))
        .map((name) => `bin/${name}`)
        .filter((name) => (statSync(join(folder, name)).mode & 0o100) !== 0)
        .filter((name) => name !== 'bin/hex0-seed')
      expect(programs.sort()).toEqual([...readAnswers().keys()].sort())
    })
  })
})
