import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HuffmanCode } from '../../src/oci/gzip/huffman-code.js'

const symbols = 30
const frequencies = fc
  .array(fc.oneof(fc.nat(3), fc.nat(16_384)), { minLength: symbols, maxLength: symbols })
  .filter((counts) => counts.some((count) => count > 0))
  .map((counts) => Int32Array.from(counts))

/** A code word of 16 bits takes a total of at least the 18th Fibonacci number: the limit of 15 is never met. */
const smallFrequencies = fc
  .array(fc.nat(60), { minLength: symbols, maxLength: symbols })
  .filter((counts) => counts.filter((count) => count > 0).length > 1)
  .map((counts) => Int32Array.from(counts))

describe('a code of limited length', () => {
  test('gives every symbol that occurs a code within the limit, and no other', () => {
    fc.assert(
      fc.property(frequencies, fc.integer({ min: 5, max: 15 }), (counts, limit) => {
        const code = built(counts, limit)
        counts.forEach((count, symbol) => {
          const length = code.lengths[symbol] ?? 0
          expect(length > 0).toBe(count > 0)
          expect(length).toBeLessThanOrEqual(limit)
        })
      })
    )
  })

  test('uses up all bit patterns, so that a decoder accepts it', () => {
    fc.assert(
      fc.property(frequencies, (counts) => {
        const lengths = [...built(counts, 15).lengths].filter((length) => length > 0)
        const share = lengths.reduce((sum, length) => sum + 2 ** -length, 0)
        expect(share).toBe(lengths.length === 1 ? 0.5 : 1)
      })
    )
  })

  test('costs what the best code costs wherever the limit does not bind', () => {
    fc.assert(
      fc.property(smallFrequencies, (counts) => {
        const used = counts.filter((count) => count > 0)
        expect(built(counts, 15).cost(counts)).toBe(optimalCost([...used]))
      })
    )
  })

  test('no code is the beginning of another', () => {
    fc.assert(
      fc.property(frequencies, (counts) => {
        const codes = [...built(counts, 9).packed].filter((packed) => packed > 0).map(bitsOf)
        for (const a of codes) for (const b of codes) expect(a !== b && b.startsWith(a)).toBe(false)
      }),
      { numRuns: 30 }
    )
  })

  test('frequencies like Fibonacci numbers are held to the limit', () => {
    const counts = new Int32Array(symbols)
    for (let i = 0, a = 1, b = 1; i < 20; i++, [a, b] = [b, a + b]) counts[i] = a
    expect(Math.max(...built(counts, 15).lengths)).toBe(15)
    expect(Math.max(...built(counts, 7).lengths)).toBe(7)
  })
})

function built(counts: Int32Array, limit: number): HuffmanCode {
  const code = new HuffmanCode(symbols, limit)
  // Made twice, because nothing may be left from the time before.
  code.build(counts.map((count) => count + 1))
  code.build(counts)
  return code
}

function bitsOf(packed: number): string {
  const bits = Array.from({ length: packed >> 16 }, (_, bit) => (packed >> bit) & 1)
  return bits.join('')
}

/** The cost of Huffman's own construction: the sum of all weights that are joined. */
function optimalCost(used: readonly number[]): number {
  const weights = [...used]
  let cost = 0
  while (weights.length > 1) {
    weights.sort((a, b) => a - b)
    const joined = (weights.shift() ?? 0) + (weights.shift() ?? 0)
    cost += joined
    weights.push(joined)
  }
  return cost
}
