import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDigests, readDigestFile, writeDigestFile } from '../../src/tree/digest-file.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-digests-'))
const hex = fc.stringMatching(/^[0-9a-f]{64}$/)
const name = fc.stringMatching(/^(core|user)-[a-z0-9][a-z0-9._+-]{0,20}$/)
const tables = fc.array(fc.tuple(name, hex)).map((rows) => new Map(rows))

function fileWith(text: string): string {
  const file = join(folder, 'user.txt')
  writeFileSync(file, text)
  return file
}

describe('a file of digests', () => {
  it('comes back as it was written, in the order of names whatever the order of writing', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const file = join(folder, 'digests', 'core.txt')
        writeDigestFile(file, table, join(folder, 'temporary'))
        expect(readDigestFile(file)).toEqual(table)
        const reversed = new Map([...table].reverse())
        expect(formatDigests(reversed)).toBe(readFileSync(file, 'utf8'))
      })
    )
  })

  it('that is not there is empty', () => {
    expect(readDigestFile(join(folder, 'none.txt')).size).toBe(0)
  })

  it.each([
    ['a short digest', `${'0'.repeat(63)} user-hello`],
    ['capital letters in the digest', `${'A'.repeat(64)} user-hello`],
    ['two spaces', `${'0'.repeat(64)}  user-hello`],
    ['a path for a name', `${'0'.repeat(64)} ../user-hello`],
    ['no name', `${'0'.repeat(64)} `],
    ['a carriage return', `${'0'.repeat(64)} user-hello\r`]
  ])('with %s is refused, and the line is named', (_, line) => {
    const good = `${'1'.repeat(64)} user-good\n`
    const file = fileWith(`${good}${line}\n`)
    expect(() => readDigestFile(file)).toThrow(
      expect.objectContaining({ code: 'tree/bad-digest-file', where: `${file}:2:1` }) as Error
    )
  })
})
