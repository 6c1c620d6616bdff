import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContentCollector, type ContentFacts } from '../../../src/audit/lint/content-facts.js'
import { sha256 } from '../../../src/oci/digest.js'
import { writeElf } from '../elf/elf-writer.js'

/** What is collected of a file that arrives in these pieces. */
function factsOf(texts: readonly string[], pieces: readonly Buffer[]): ContentFacts | undefined {
  const collector = new ContentCollector(texts)
  const content = Buffer.concat(pieces)
  const reader = collector.reader(content.length)
  for (const piece of pieces) reader.take(piece)
  reader.end(sha256(content))
  return collector.facts.get(sha256(content))
}

describe('looking for a text in contents', () => {
  const texts = ['/ab/', '/abab/', 'ab']

  it('finds it however the content is cut, unless it is the end of a longer path', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '/', ' ', '.', 'x'), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const whole = pieces.join('')
        const wanted = texts.filter((text) => new RegExp(`(?<![\\w./-])${text}`).test(whole))
        const buffers = pieces.map((each) => Buffer.from(each))
        expect(factsOf(texts, buffers)?.mentions ?? []).toEqual([...wanted].sort())
      }),
      { numRuns: 5000 }
    )
  })

  it('keeps nothing of a file of which there is nothing to say', () => {
    expect(factsOf(texts, [Buffer.from('nothing')])).toBeUndefined()
  })
})

describe('programs among the contents', () => {
  const program = writeElf({ wide: true, littleEndian: true, type: 2, needed: ['libx.so'] })

  it('are read however they are cut', () => {
    for (const cut of [1, 2, 3, 5, 64, 200]) {
      const pieces = [program.subarray(0, cut), program.subarray(cut)]
      expect(factsOf([], pieces)?.elf?.needed).toEqual(['libx.so'])
    }
  })
})
