import { isUtf8 } from 'node:buffer'
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAnswers, sha256 } from './answers.js'
import { withChain } from './chain.js'
import { runsI386, stage0Folder, stage0Steps } from './steps.js'
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
    const runs = stage0Steps().flatMap((step) => (step.kind === 'run' ? [step.command] : []))
    expect(runs[0]).toEqual(['bin/hex0-seed', 'hex0.hex0', 'bin/hex0'])
  })
})

describe.skipIf(!runsI386())('the chain', () => {
  it('gives the files whose digests the answers hold', async () => {
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

  it('has an answer for each file it makes, program or text', async () => {
    await withChain((folder) => {
      const files = ['bin', 'out']
        .flatMap((part) => readdirSync(join(folder, part)).map((name) => `${part}/${name}`))
        .filter((name) => name !== 'bin/hex0-seed')
      expect(files.sort()).toEqual([...readAnswers().keys()].sort())
    })
  })

  it('says that cc2 and what cc2 makes of itself are the same', () => {
    const answers = readAnswers()
    expect(answers.get('bin/cc2-3')).toBe(answers.get('bin/cc2'))
    expect(answers.get('bin/cc2')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('stops where a program is not what it should be', async () => {
    await withChain((folder) => {
      const answers = readFileSync(join(folder, 'answers'), 'latin1')
      const [first = '', second = ''] = answers.split('\n')
      writeFileSync(join(folder, 'spoiled'), `${first}\n${second.replace(/^./, 'x')}\n`)
      writeFileSync(join(folder, 'swapped'), `${first.slice(0, 64)}${second.slice(64)}\n`)
      for (const list of ['spoiled', 'swapped']) {
        const checked = spawnSync('out/sha256sum', ['-c', list], { cwd: folder })
        expect(checked.status).toBe(1)
      }
    })
  })
})
