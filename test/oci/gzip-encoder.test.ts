import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hexOf, sha256 } from '../../src/oci/digest.js'
import { GzipEncoder } from '../../src/oci/gzip/encoder.js'
import { compress, compressedDigest } from './compress.js'
import { contentOf } from './content.js'
import { gzipCases, type GzipGolden, movedWindows, writesOf } from './gzip-cases.js'

const goldenFile = join(import.meta.dirname, '../golden/oci/gzip.json')
const golden = JSON.parse(readFileSync(goldenFile, 'utf8')) as readonly GzipGolden[]

/** Bytes with repetitions near and far, which plain random bytes do not have. */
const repetitive = fc
  .array(fc.tuple(fc.nat(40), fc.nat(400)), { maxLength: 60 })
  .map((parts) =>
    Buffer.concat(parts.map(([seed, size]) => contentOf({ kind: 'text', seed, size })))
  )
const stream = fc.oneof(repetitive, fc.uint8Array({ maxLength: 2000 }))

describe('canonical gzip', () => {
  test('every golden stream has its digest', () => {
    const found = gzipCases.map((of) => ({ ...of, ...compressedDigest(writesOf(of)) }))
    expect(found).toEqual(golden)
  })

  test('the empty layer is the one that every BuildKit image has', () => {
    const emptyLayer = compress([new Uint8Array(1024)])
    expect(emptyLayer).toHaveLength(32)
    expect(hexOf(sha256(emptyLayer))).toBe(
      '4f4fb700ef54461cfa02571ae0db9a0dc1e0cdb5577484a6d75e68dc38e8acc1'
    )
  })

  test('any decoder gives the stream back', () => {
    fc.assert(
      fc.property(fc.array(stream, { maxLength: 8 }), (writes) => {
        expect(gunzipSync(compress(writes)).equals(Buffer.concat(writes))).toBe(true)
      })
    )
  })

  test('writes that end at multiples of 512 give what a single one gives', () => {
    const content = contentOf({ kind: 'mixed', size: 400_000, seed: 3 })
    const whole = compress([content])
    const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(sizes, (blocks) => {
        expect(compress(cut(content, blocks)).equals(whole)).toBe(true)
      }),
      { numRuns: 20 }
    )
  })

  test('a write that ends just before the window moves can move it early', () => {
    for (const [single, cut] of movedWindows) {
      expect(compress(writesOf(cut)).equals(compress(writesOf(single)))).toBe(false)
    }
  })

  test('pieces may be reused once they were written, and chunks stay as they are', () => {
    const content = contentOf({ kind: 'noise', size: 900_000 })
    const chunks: { kept: Uint8Array; copy: Uint8Array }[] = []
    const encoder = new GzipEncoder((kept) => chunks.push({ kept, copy: Uint8Array.from(kept) }))
    const piece = new Uint8Array(51_200)
    for (let start = 0; start < content.length; start += piece.length) {
      const size = content.copy(piece, 0, start)
      encoder.write(piece.subarray(0, size))
      piece.fill(0)
    }
    encoder.close()
    expect(chunks.length).toBeGreaterThan(2)
    for (const { kept, copy } of chunks) expect(Buffer.compare(kept, copy)).toBe(0)
    expect(gunzipSync(Buffer.concat(chunks.map(({ kept }) => kept))).equals(content)).toBe(true)
  })

  test('closing twice writes one trailer; writing after that is an error', () => {
    const chunks: Uint8Array[] = []
    const encoder = new GzipEncoder((chunk) => chunks.push(chunk))
    encoder.close()
    encoder.close()
    expect(gunzipSync(Buffer.concat(chunks))).toHaveLength(0)
    expect(() => {
      encoder.write(Buffer.from('late'))
    }).toThrow(expect.objectContaining({ code: 'gzip/closed' }))
  })
})

function* cut(content: Buffer, blocks: readonly number[]): Generator<Uint8Array> {
  for (let start = 0, i = 0; start < content.length; i++) {
    const size = 512 * (blocks[i % blocks.length] ?? 1)
    yield content.subarray(start, start + size)
    start += size
  }
}
