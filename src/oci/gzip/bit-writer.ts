/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index below is in range by construction */
/** Size of the chunks that are handed on. */
const chunkSize = 256 * 1024

/**
 * Packs bits into bytes, lowest first, and hands on full chunks. A chunk that was handed on belongs to the
 * receiver.
 */
export class BitWriter {
  #bytes = new Uint8Array(chunkSize)
  #length = 0
  /** Bits that are in no byte yet, fewer than 16. */
  #bits = 0
  #bitCount = 0
  readonly #sink: (chunk: Uint8Array) => void

  constructor(sink: (chunk: Uint8Array) => void) {
    this.#sink = sink
  }

  /** Makes room for `count` bytes (at most a chunk's size), so that the next writes need no check. */
  reserve(count: number): void {
    if (this.#length + count + 4 > chunkSize) this.flush()
  }

  /** Appends the lowest `count` bits (at most 16) of `value`, which has no others. */
  write(value: number, count: number): void {
    this.#bits |= value << this.#bitCount
    this.#bitCount += count
    if (this.#bitCount < 16) return
    this.#bytes[this.#length++] = this.#bits
    this.#bytes[this.#length++] = this.#bits >>> 8
    this.#bits >>>= 16
    this.#bitCount -= 16
  }

  /** Appends a code in the form of {@link HuffmanCode.packed}. */
  writeCode(packed: number): void {
    this.write(packed & 0xffff, packed >>> 16)
  }

  /** Appends the first `count` of these codes, for which there has to be room. */
  writeCodes(packed: Int32Array, count: number): void {
    // In variables, because this loop makes nearly all of the output.
    const bytes = this.#bytes
    let length = this.#length
    let bits = this.#bits
    let bitCount = this.#bitCount
    for (let i = 0; i < count; i++) {
      const code = packed[i]!
      bits |= (code & 0xffff) << bitCount
      bitCount += code >> 16
      if (bitCount >= 16) {
        bytes[length++] = bits
        bytes[length++] = bits >>> 8
        bits >>>= 16
        bitCount -= 16
      }
    }
    this.#length = length
    this.#bits = bits
    this.#bitCount = bitCount
  }

  /** Fills the last byte up with zero bits. */
  align(): void {
    for (; this.#bitCount > 0; this.#bitCount -= 8) {
      this.#bytes[this.#length++] = this.#bits
      this.#bits >>>= 8
    }
    this.#bits = 0
    this.#bitCount = 0
  }

  /** Appends whole bytes; the writer has to be aligned. */
  writeBytes(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Hands on the whole bytes written so far. */
  flush(): void {
    if (this.#length === 0) return
    this.#sink(this.#bytes.subarray(0, this.#length))
    this.#bytes = new Uint8Array(chunkSize)
    this.#length = 0
  }
}
