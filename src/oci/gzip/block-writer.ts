/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is in range by construction */
import type { BitWriter } from './bit-writer.js'
import { CodeLengths } from './code-lengths.js'
import { assignCodes, HuffmanCode, totalBits } from './huffman-code.js'
import { blockTokens } from './token.js'
import {
  distanceBase,
  distanceExtraBits,
  distanceSymbol,
  distanceSymbols,
  endOfBlock,
  firstLengthSymbol,
  lengthBase,
  lengthExtraBits,
  lengthSymbol,
  literalSymbols,
  shortestEncodable
} from './symbols.js'

/** Length and distance with their codes at 15 bits, for every token, and the longest header. */
const largestBlock = blockTokens * 6 + 1024
const largestStored = 65535

/** Writes tokens as DEFLATE blocks, each in the form that the canonical format prescribes for it. */
export class BlockWriter {
  readonly #out: BitWriter
  readonly #literalFrequencies = new Int32Array(literalSymbols)
  readonly #distanceFrequencies = new Int32Array(distanceSymbols)
  readonly #literalCode = new HuffmanCode(literalSymbols, 15)
  readonly #distanceCode = new HuffmanCode(distanceSymbols, 15)
  readonly #codeLengths = new CodeLengths()
  readonly #spelled = new Int32Array(4 * blockTokens + 1)

  constructor(out: BitWriter) {
    this.#out = out
  }

  /**
   * Writes a block of `tokens`; `rawOf` gives the bytes that they stand for when told how many these are, or
   * undefined when they have left the window and the block cannot be stored.
   */
  write(tokens: Int32Array, rawOf: (length: number) => Uint8Array | undefined): void {
    this.#out.reserve(largestBlock)
    const raw = rawOf(this.#count(tokens))
    const literals = usedSymbols(this.#literalFrequencies)
    const distances = usedSymbols(this.#distanceFrequencies)
    this.#literalCode.build(this.#literalFrequencies)
    this.#distanceCode.build(this.#distanceFrequencies)
    const { lengths: literalLengths } = this.#literalCode
    this.#codeLengths.build(literalLengths, literals, this.#distanceCode.lengths, distances)
    this.#writeSmallest(tokens, raw)
  }

  /** Writes the empty stored block that ends the stream, and fills up the last byte. */
  writeEnd(): void {
    this.#out.reserve(largestBlock)
    this.#storedHeader(0, true)
  }

  #writeSmallest(tokens: Int32Array, raw: Uint8Array | undefined): void {
    const storable = raw !== undefined && raw.length <= largestStored
    // Extra bits are the same in both codes, so they matter only where a stored block is possible.
    const extra = storable ? this.#extraBits() : 0
    const fixed = 3 + this.#cost(fixedLiteralLengths, fixedDistanceLengths) + extra
    const { lengths: literalLengths } = this.#literalCode
    const own =
      this.#codeLengths.cost() + this.#cost(literalLengths, this.#distanceCode.lengths) + extra
    if (storable && (raw.length + 5) * 8 < Math.min(own, fixed)) this.#writeStored(raw)
    else if (own < fixed) this.#writeWithOwnCodes(tokens)
    else this.#writeWithFixedCodes(tokens)
  }

  #writeStored(raw: Uint8Array): void {
    this.#storedHeader(raw.length, false)
    this.#out.writeBytes(raw)
  }

  #storedHeader(length: number, final: boolean): void {
    this.#out.write(final ? 1 : 0, 3)
    this.#out.align()
    this.#out.write(length, 16)
    this.#out.write(length ^ 0xffff, 16)
  }

  #writeWithOwnCodes(tokens: Int32Array): void {
    this.#codeLengths.write(this.#out)
    this.#writeTokens(tokens, this.#literalCode.packed, this.#distanceCode.packed)
  }

  #writeWithFixedCodes(tokens: Int32Array): void {
    this.#out.write(0b010, 3)
    this.#writeTokens(tokens, fixedLiteralCodes, fixedDistanceCodes)
  }

  #writeTokens(tokens: Int32Array, literalCodes: Int32Array, distanceCodes: Int32Array): void {
    const count = spell(tokens, literalCodes, distanceCodes, this.#spelled)
    this.#out.writeCodes(this.#spelled, count)
  }

  /** Counts symbols; returns how many bytes the tokens stand for. */
  #count(tokens: Int32Array): number {
    const literalFrequencies = this.#literalFrequencies.fill(0)
    const distanceFrequencies = this.#distanceFrequencies.fill(0)
    literalFrequencies[endOfBlock] = 1
    let length = tokens.length
    let matches = 0
    for (const token of tokens) {
      const distance = token & 0xffff
      const excess = token >> 16
      if (distance === 0) literalFrequencies[excess]!++
      else {
        literalFrequencies[firstLengthSymbol + lengthSymbol[excess]!]!++
        distanceFrequencies[symbolOfDistance(distance - 1)]!++
        length += excess + shortestEncodable - 1
        matches++
      }
    }
    // A distance code must not be empty; the symbol that fills it counts in the estimates of size.
    if (matches === 0) distanceFrequencies[0] = 1
    return length
  }

  #cost(literalLengths: Uint8Array, distanceLengths: Uint8Array): number {
    return (
      totalBits(this.#literalFrequencies, literalLengths) +
      totalBits(this.#distanceFrequencies, distanceLengths)
    )
  }

  #extraBits(): number {
    const lengthFrequencies = this.#literalFrequencies.subarray(firstLengthSymbol)
    return (
      totalBits(lengthFrequencies, lengthExtraBits) +
      totalBits(this.#distanceFrequencies, distanceExtraBits)
    )
  }
}

/** The codes of a block without a header of its own (RFC 1951, 3.2.6); the last two literals never occur. */
const allFixedLengths = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8
)
const fixedLiteralLengths = allFixedLengths.subarray(0, literalSymbols)
const fixedLiteralCodes = codesOf(allFixedLengths)
const fixedDistanceLengths = new Uint8Array(distanceSymbols).fill(5)
const fixedDistanceCodes = codesOf(fixedDistanceLengths)

function codesOf(lengths: Uint8Array): Int32Array {
  const packed = new Int32Array(lengths.length)
  assignCodes(lengths, packed)
  return packed
}

function usedSymbols(frequencies: Int32Array): number {
  return frequencies.findLastIndex((frequency) => frequency > 0) + 1
}

function symbolOfDistance(distanceLessOne: number): number {
  return distanceLessOne < 256
    ? distanceSymbol[distanceLessOne]!
    : distanceSymbol[256 + (distanceLessOne >> 7)]!
}

/**
 * Spells tokens and the end of the block in packed codes (see {@link HuffmanCode.packed}), extra bits in the
 * same form; returns how many there are.
 */
function spell(
  tokens: Int32Array,
  literalCodes: Int32Array,
  distanceCodes: Int32Array,
  spelled: Int32Array
): number {
  let count = 0
  for (const token of tokens) {
    const excess = token >> 16
    const distance = token & 0xffff
    if (distance === 0) {
      spelled[count++] = literalCodes[excess]!
      continue
    }
    const length = lengthSymbol[excess]!
    spelled[count++] = literalCodes[firstLengthSymbol + length]!
    spelled[count++] = (lengthExtraBits[length]! << 16) | (excess - lengthBase[length]!)
    const symbol = symbolOfDistance(distance - 1)
    spelled[count++] = distanceCodes[symbol]!
    spelled[count++] = (distanceExtraBits[symbol]! << 16) | (distance - 1 - distanceBase[symbol]!)
  }
  spelled[count++] = literalCodes[endOfBlock]!
  return count
}
