/**
 * The symbols of DEFLATE (RFC 1951, 3.2.5): a literal, the end of a block, or a match, whose length and
 * distance are each a symbol and some extra bits.
 */
export const endOfBlock = 256
/** Literals, the end of a block, and 29 length symbols. */
export const literalSymbols = 286
export const distanceSymbols = 30
export const firstLengthSymbol = 257

export const shortestEncodable = 3
const longest = 258

/** Extra bits of each length symbol, from symbol 257 on. */
export const lengthExtraBits = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
)

/** Extra bits of each distance symbol. */
export const distanceExtraBits = Uint8Array.from({ length: distanceSymbols }, (_, symbol) =>
  symbol < 2 ? 0 : (symbol >> 1) - 1
)

/** The least length of each length symbol (from 257 on), less three. */
export const lengthBase = baseValues(lengthExtraBits)
// The greatest length has a symbol of its own instead of the last value of the one before.
lengthBase[28] = longest - shortestEncodable

/** The least distance of each distance symbol, less one. */
export const distanceBase = baseValues(distanceExtraBits)

/** The length symbol (less 257) of each length less three. */
export const lengthSymbol = lengthSymbolTable()

const nearDistances = symbolTable(256, 1)
const farDistances = symbolTable(256, 128)

/** The symbols of distances less one: below 256 at their own place, else at 256 + (distance >> 7). */
export const distanceSymbol = Uint8Array.of(...nearDistances, ...farDistances)

function baseValues(extraBits: Uint8Array): Uint16Array {
  const base = new Uint16Array(extraBits.length)
  for (let symbol = 1; symbol < base.length; symbol++) {
    base[symbol] = (base[symbol - 1] ?? 0) + (1 << (extraBits[symbol - 1] ?? 0))
  }
  return base
}

function lengthSymbolTable(): Uint8Array {
  const table = new Uint8Array(longest - shortestEncodable + 1)
  for (let symbol = 0; symbol < lengthBase.length; symbol++) table.fill(symbol, lengthBase[symbol])
  return table
}

function symbolTable(size: number, step: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, place) => {
    const distance = place * step
    return distanceBase.findLastIndex((base) => base <= distance)
  })
}
