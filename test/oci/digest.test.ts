import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Digester, digestOfHex, hexOf, parseDigest, sha256 } from '../../src/oci/digest.js'

const digits = 'ab'.repeat(32)

describe('a digest', () => {
  test('is known by its algorithm and 64 lower-case digits', () => {
    expect(parseDigest(`sha256:${digits}`)).toBe(`sha256:${digits}`)
    expect(hexOf(digestOfHex(digits))).toBe(digits)
  })

  test.each([
    ['nothing', ''],
    ['digits alone', digits],
    ['upper case', `sha256:${digits.toUpperCase()}`],
    ['a digit less', `sha256:${digits.slice(1)}`],
    ['a digit more', `sha256:${digits}0`],
    ['another algorithm', `sha512:${digits}${digits}`],
    ['a line break at the end', `sha256:${digits}\n`],
    ['a path', `sha256:../../../../etc/passwd`]
  ])('is refused: %s', (_, text) => {
    expect(() => parseDigest(text, 'a document')).toThrow(
      expect.objectContaining({ code: 'digest/malformed', where: 'a document' })
    )
  })

  test('of a stream does not depend on how it was cut, nor on what becomes of the pieces', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 20 })
    fc.assert(
      fc.property(pieces, (cut) => {
        const whole = Buffer.concat(cut)
        const digester = new Digester()
        for (const piece of cut) {
          const borrowed = Uint8Array.from(piece)
          digester.update(borrowed)
          borrowed.fill(0)
        }
        expect(digester.size).toBe(whole.length)
        expect(digester.digest()).toBe(sha256(whole))
      })
    )
  })

  test('of text is that of its UTF-8 form', () => {
    expect(hexOf(sha256('é'))).toBe(createHash('sha256').update('c3a9', 'hex').digest('hex'))
  })
})
