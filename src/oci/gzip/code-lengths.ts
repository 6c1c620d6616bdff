/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is in range by construction */
import type { BitWriter } from './bit-writer.js'
import { HuffmanCode } from './huffman-code.js'
import { distanceSymbols, literalSymbols } from './symbols.js'

/** Repeats the last length 3–6 times; zero 3–10 times; zero 11–138 times. */
const repeatLast = 16
const repeatZero = 17
const repeatZeroLong = 18
const extraBits = [2, 3, 7] as const

/** The order in which the lengths of the code for lengths are written (RFC 1951, 3.2.7). */
const transmissionOrder = [
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
] as const
const fewestTransmitted = 4

/**
 * The header of a block with codes of its own: the lengths of both codes as one sequence, its runs
 * shortened, and the result written in a third code.
 */
export class CodeLengths {
  readonly #code = new HuffmanCode(19, 7)
  readonly #frequencies = new Int32Array(19)
  readonly #sequence = new Uint8Array(literalSymbols + distanceSymbols)
  /** Symbols of the third code, a repeat count after each of 16, 17 and 18. */
  readonly #shortened = new Uint8Array(2 * (literalSymbols + distanceSymbols))
  #shortenedLength = 0
  #literals = 0
  #distances = 0
  #transmitted = 0

  /** Takes the first `literals` and `distances` lengths of the two codes. */
  build(
    literalLengths: Uint8Array,
    literals: number,
    distanceLengths: Uint8Array,
    distances: number
  ): void {
    this.#literals = literals
    this.#distances = distances
    this.#sequence.set(literalLengths.subarray(0, literals))
    this.#sequence.set(distanceLengths.subarray(0, distances), literals)
    this.#shorten(this.#sequence.subarray(0, literals + distances))
    this.#code.build(this.#frequencies)
    this.#transmitted = transmissionOrder.length
    while (this.#transmitted > fewestTransmitted && this.#isUnused(this.#transmitted - 1)) {
      this.#transmitted--
    }
  }

  /** The header's size in bits, with the block's first three. */
  cost(): number {
    let bits = 3 + 5 + 5 + 4 + 3 * this.#transmitted + this.#code.cost(this.#frequencies)
    extraBits.forEach((extra, kind) => (bits += this.#frequencies[repeatLast + kind]! * extra))
    return bits
  }

  write(out: BitWriter): void {
    out.write(0b100, 3)
    out.write(this.#literals - 257, 5)
    out.write(this.#distances - 1, 5)
    out.write(this.#transmitted - fewestTransmitted, 4)
    for (let i = 0; i < this.#transmitted; i++) {
      out.write(this.#code.lengths[transmissionOrder[i]!]!, 3)
    }
    for (let i = 0; i < this.#shortenedLength;) {
      const symbol = this.#shortened[i++]!
      out.writeCode(this.#code.packed[symbol]!)
      if (symbol >= repeatLast) out.write(this.#shortened[i++]!, extraBits[symbol - repeatLast]!)
    }
  }

  #isUnused(place: number): boolean {
    return this.#code.lengths[transmissionOrder[place]!] === 0
  }

  #shorten(sequence: Uint8Array): void {
    this.#frequencies.fill(0)
    this.#shortenedLength = 0
    for (let start = 0, end = 0; start < sequence.length; start = end) {
      const length = sequence[start]!
      while (end < sequence.length && sequence[end] === length) end++
      if (length === 0) this.#zeroRun(end - start)
      else this.#run(length, end - start)
    }
  }

  #zeroRun(count: number): void {
    for (; count >= 11; count -= Math.min(count, 138)) {
      this.#append(repeatZeroLong, Math.min(count, 138) - 11)
    }
    if (count >= 3) this.#append(repeatZero, count - 3)
    else this.#appendSingly(0, count)
  }

  #run(length: number, count: number): void {
    this.#appendSingly(length, 1)
    for (count--; count >= 3; count -= Math.min(count, 6)) {
      this.#append(repeatLast, Math.min(count, 6) - 3)
    }
    this.#appendSingly(length, count)
  }

  #append(symbol: number, repeat: number): void {
    this.#appendSingly(symbol, 1)
    this.#shortened[this.#shortenedLength++] = repeat
  }

  #appendSingly(symbol: number, count: number): void {
    this.#frequencies[symbol]! += count
    for (; count > 0; count--) this.#shortened[this.#shortenedLength++] = symbol
  }
}
