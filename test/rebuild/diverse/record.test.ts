import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { digestOfHex, sha256 } from '../../../src/oci/digest.js'
import { type PresentChain, checkRecord } from '../../../src/rebuild/diverse/check-record.js'
import { findRecipe, inputsOf, seedDigest } from '../../../src/rebuild/diverse/recipe.js'
import {
  type DiverseRecord,
  formatRecord,
  parseRecord,
  readRecord
} from '../../../src/rebuild/diverse/record.js'
import { loadTree } from '../../../src/tree/load-tree.js'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'ddc-record-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const files = new Map([
  ['bootstrap-tcc/usr/bin/tcc', Buffer.from('a compiler')],
  ['bootstrap-musl/usr/lib/libc.a', Buffer.from('a library')]
])
const inputs = [{ name: 'packages/bootstrap/tcc', digest: sha256('text') }]
const present: PresentChain = { seed: sha256('seed'), inputs, files }
const record: DiverseRecord = {
  results: [...files].map(([name, bytes]) => ({ name, digest: sha256(bytes) })),
  starts: [
    { from: 'seed', digest: sha256('seed') },
    { from: 'gcc', version: 'gcc 12' },
    { from: 'clang', version: 'clang 14' }
  ],
  inputs
}

describe('a record of diverse double compilation', () => {
  it('is read as it was written', () => {
    expect(parseRecord(formatRecord(record), 'test')).toEqual(record)
  })

  it('holds where inputs, seed and results are the same', () => {
    expect(checkRecord(record, present)).toEqual([])
  })

  it('does not hold when a byte of any result is tampered with', () => {
    for (const [name, bytes] of files) {
      const tampered = Buffer.from(bytes)
      tampered[3] = (tampered[3] ?? 0) ^ 1
      const found = checkRecord(record, {
        ...present,
        files: new Map([...files, [name, tampered]])
      })
      expect(found).toMatchObject([{ kind: 'result', name }])
    }
  })

  it('does not hold when an input has changed, or the seed', () => {
    const changed = { ...present, inputs: [{ ...inputs[0], digest: sha256('Text') }] }
    expect(checkRecord(record, changed as PresentChain)).toMatchObject([{ kind: 'input' }])
    const seed = checkRecord(record, { ...present, seed: sha256('another') })
    expect(seed).toMatchObject([{ kind: 'start', name: 'seed' }])
  })

  it('does not hold when it is silent about a result, or speaks of one too many', () => {
    const silent = { ...record, results: record.results.slice(1) }
    expect(checkRecord(silent, present)).toMatchObject([{ kind: 'result', expected: 'none' }])
    const more = { ...record, results: [...record.results, { name: 'x', digest: sha256('x') }] }
    expect(checkRecord(more, present)).toMatchObject([{ name: 'x', found: 'none' }])
  })

  it('needs two compilers beside the seed', () => {
    const alone = { ...record, starts: record.starts.slice(0, 2) }
    expect(checkRecord(alone, present)).toMatchObject([{ kind: 'start', name: 'compilers' }])
  })

  it.each([
    ['no JSON', '{'],
    ['another document', '{"_type":"https://in-toto.io/Statement/v1"}'],
    ['a digest that is none', formatRecord(record).replace(/[0-9a-f]{64}/, 'x'.repeat(64))],
    ['members that nobody knows', formatRecord(record).replace('"inputs"', '"more":1,"inputs"')]
  ])('is refused as %s', (_, text) => {
    expect(() => parseRecord(text, 'test')).toThrow(
      expect.objectContaining({ code: 'diverse/bad-record' }) as Error
    )
  })

  it('is refused when it is not there, or larger than any record', () => {
    const file = join(folder, 'ddc.json')
    expect(() => readRecord(file)).toThrow(
      expect.objectContaining({ code: 'diverse/no-record' }) as Error
    )
    writeFileSync(file, ' '.repeat(300 * 1024))
    expect(() => readRecord(file)).toThrow(
      expect.objectContaining({ code: 'diverse/bad-record' }) as Error
    )
  })
})

describe('attestations/ddc-tcc.json', () => {
  it('is about the seed, the sources and the text as they are in this tree', async () => {
    const recipe = findRecipe(await loadTree(root))
    const written = readRecord(join(root, 'attestations/ddc-tcc.json'))
    expect(written.starts.map(({ from }) => from)).toEqual(['seed', 'gcc', 'clang'])
    expect(written.starts[0]?.digest).toBe(seedDigest(recipe))
    expect(written.inputs).toEqual(inputsOf(recipe))
  })

  it('names the digests that the builds of TinyCC and musl check', () => {
    const answers = ['tcc/fixpoint.answers', 'musl/answers'].flatMap((file) =>
      readFileSync(join(root, 'packages/bootstrap', file), 'utf8')
        .trimEnd()
        .split('\n')
    )
    const checked = new Set(answers.map((line) => digestOfHex(line.slice(0, 64))))
    const { results } = readRecord(join(root, 'attestations/ddc-tcc.json'))
    expect(results).toHaveLength(6)
    for (const { name, digest } of results)
      expect([name, checked.has(digest)]).toEqual([name, true])
  })
})
