/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is in range by construction */
/**
 * A prefix code of limited length, made by the package-merge method (Larmore and Hirschberg, 1990). Among the
 * optimal codes the choice is fixed: symbols sort by frequency and then by number, and a package comes
 * before a single symbol of equal weight. Codes of one length rise with the symbol (RFC 1951, 3.2.2).
 */
export class HuffmanCode {
  /** Bits of each symbol's code; 0 for one that does not occur. */
  readonly lengths: Uint8Array
  /** For each symbol its code, first bit lowest, and above bit 16 its length: ready to be written. */
  readonly packed: Int32Array
  readonly #limit: number
  readonly #used: Int32Array
  readonly #weights: readonly [Int32Array, Int32Array]
  readonly #leaves: readonly Uint16Array[]

  /** A code for up to `symbols` symbols (at most 512) with at most `limit` bits each. */
  constructor(symbols: number, limit: number) {
    this.lengths = new Uint8Array(symbols)
    this.packed = new Int32Array(symbols)
    this.#limit = limit
    this.#used = new Int32Array(symbols)
    this.#weights = [new Int32Array(2 * symbols), new Int32Array(2 * symbols)]
    this.#leaves = Array.from({ length: limit }, () => new Uint16Array(2 * symbols + 1))
  }

  /** Makes the code for these frequencies, each below 2^22; at least one symbol has to occur. */
  build(frequencies: Int32Array): void {
    const used = this.#sortedByFrequency(frequencies)
    this.lengths.fill(0)
    if (used.length <= 2) for (const key of used) this.lengths[key & symbolMask] = 1
    else this.#assignLengths(used)
    assignCodes(this.lengths, this.packed)
  }

  /** The bits that this code takes for symbols of these frequencies, extra bits not counted. */
  cost(frequencies: Int32Array): number {
    return totalBits(frequencies, this.lengths)
  }

  /** Each occurring symbol as `frequency << 9 | symbol`, in rising order. */
  #sortedByFrequency(frequencies: Int32Array): Int32Array {
    let count = 0
    for (let symbol = 0; symbol < this.lengths.length; symbol++) {
      const frequency = frequencies[symbol]!
      if (frequency > 0) this.#used[count++] = (frequency << symbolBits) | symbol
    }
    return this.#used.subarray(0, count).sort()
  }

  /** A symbol's length is the number of levels at which it is among the items that the code takes. */
  #assignLengths(used: Int32Array): void {
    const levels = Math.min(this.#limit, used.length - 1)
    this.#mergeLevels(used, levels)
    let taken = 2 * used.length - 2
    for (let level = levels - 1; level >= 0; level--) {
      const leaves = this.#leaves[level]![taken]!
      for (let rank = 0; rank < leaves; rank++) this.lengths[used[rank]! & symbolMask]!++
      taken = 2 * (taken - leaves)
    }
  }

  /** Notes for each level how many single symbols are among its first 0, 1, 2, … items. */
  #mergeLevels(used: Int32Array, levels: number): void {
    let [below, current] = this.#weights
    let belowCount = 0
    for (let level = 0; level < levels; level++) {
      belowCount = mergeLevel(used, below, belowCount, current, this.#leaves[level]!)
      ;[below, current] = [current, below]
    }
  }
}

const symbolBits = 9
const symbolMask = (1 << symbolBits) - 1

/** Merges the symbols with the pairs of the level below into `current`; returns how many items it has. */
function mergeLevel(
  used: Int32Array,
  below: Int32Array,
  belowCount: number,
  current: Int32Array,
  leaves: Uint16Array
): number {
  const wanted = Math.min(2 * used.length - 2, used.length + (belowCount >> 1))
  let leaf = 0
  let pair = 0
  for (let item = 0; item < wanted; item++) {
    const leafWeight = leaf < used.length ? used[leaf]! >> symbolBits : Infinity
    const pairWeight = pair + 1 < belowCount ? below[pair]! + below[pair + 1]! : Infinity
    if (pairWeight <= leafWeight) {
      current[item] = pairWeight
      pair += 2
    } else {
      current[item] = leafWeight
      leaf++
    }
    leaves[item + 1] = leaf
  }
  return wanted
}

/** Gives symbols with `lengths` their codes, in the form of {@link HuffmanCode.packed}. */
export function assignCodes(lengths: Uint8Array, packed: Int32Array): void {
  const next = firstCodes(lengths)
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!
    packed[symbol] = length === 0 ? 0 : (length << 16) | reversed(next[length]!++, length)
  }
}

/** The bits that codes with `lengths` take for symbols of these frequencies. */
export function totalBits(frequencies: Int32Array, lengths: Uint8Array): number {
  let bits = 0
  for (let symbol = 0; symbol < frequencies.length; symbol++) {
    bits += frequencies[symbol]! * lengths[symbol]!
  }
  return bits
}

/** For each length the code of its first symbol. */
function firstCodes(lengths: Uint8Array): Uint32Array {
  const ofLength = new Uint32Array(17)
  for (const length of lengths) if (length > 0) ofLength[length + 1]!++
  for (let length = 1, code = 0; length <= 16; length++) {
    code = (code + ofLength[length]!) << 1
    ofLength[length] = code
  }
  return ofLength
}

function reversed(code: number, length: number): number {
  let result = 0
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit)
  return result
}
