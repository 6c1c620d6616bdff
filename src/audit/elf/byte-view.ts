/**
 * Numbers in a file's bytes. Everything that an offset is made of comes from the file itself: what does not
 * lie inside it reads as undefined, never as an exception.
 */
export class ByteView {
  readonly bytes: Buffer
  /** Whether addresses and offsets have 64 bits. */
  readonly wide: boolean
  readonly #littleEndian: boolean

  constructor(bytes: Buffer, wide: boolean, littleEndian: boolean) {
    this.bytes = bytes
    this.wide = wide
    this.#littleEndian = littleEndian
  }

  half(offset: number): number | undefined {
    if (!this.#holds(offset, 2)) return undefined
    return this.#littleEndian ? this.bytes.readUInt16LE(offset) : this.bytes.readUInt16BE(offset)
  }

  int(offset: number): number | undefined {
    if (!this.#holds(offset, 4)) return undefined
    return this.#littleEndian ? this.bytes.readUInt32LE(offset) : this.bytes.readUInt32BE(offset)
  }

  /** An address, an offset or a size. Above 2^53 it is not exact, but outside of every file. */
  word(offset: number): number | undefined {
    if (!this.wide) return this.int(offset)
    if (!this.#holds(offset, 8)) return undefined
    const value = this.#littleEndian
      ? this.bytes.readBigUInt64LE(offset)
      : this.bytes.readBigUInt64BE(offset)
    return Number(value)
  }

  /** The text from an offset to the next zero byte; undefined where it has no end within `limit` bytes. */
  text(offset: number, limit: number): string | undefined {
    if (!this.#holds(offset, 1)) return undefined
    const end = this.bytes.subarray(offset, offset + limit).indexOf(0)
    return end < 0 ? undefined : this.bytes.toString('latin1', offset, offset + end)
  }

  #holds(offset: number, length: number): boolean {
    return Number.isSafeInteger(offset) && offset >= 0 && offset + length <= this.bytes.length
  }
}
