import fc from 'fast-check'

/** Bytes, one for each character; models and programs do not care for encodings. */
export function bytes(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

const hexDigit = fc.stringMatching(/^[0-9a-fA-F]$/)

/** Two digits, with white space between them now and then. */
const byte = fc
  .tuple(hexDigit, fc.constantFrom('', '', '', ' ', '\n'), hexDigit)
  .map((parts) => parts.join(''))

/** Text up to the end of its line, with characters that mean something elsewhere. */
const comment = fc
  .tuple(fc.constantFrom('#', ';'), fc.stringMatching(/^[ -~]{0,12}$/))
  .map(([sign, text]) => `${sign}${text}\n`)

const space = fc.constantFrom(' ', '\n', '\t', '\r\n', '\u0000')

/** One character of any kind, to spoil a good input with. */
export const anyCharacter = fc
  .integer({ min: 0, max: 255 })
  .map((code) => String.fromCharCode(code))

/** A good piece of hex0. */
export const hex0Piece = fc.oneof({ weight: 6, arbitrary: byte }, comment, space)

/** Pieces one after the other, and the same with one of them spoiled. */
export function inputs(
  piece: fc.Arbitrary<string>,
  spoiler: fc.Arbitrary<string>
): fc.Arbitrary<Buffer> {
  const good = fc.array(piece, { maxLength: 30 })
  const spoiled = fc
    .tuple(good, spoiler, fc.nat())
    .map(([pieces, bad, at]) => pieces.toSpliced(at % (pieces.length + 1), 0, bad))
  return fc.oneof(good, spoiled).map((pieces) => bytes(pieces.join('')))
}
