import { Malformed } from './malformed.js'

/** Reads bytes from the front; never beyond the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** How far it has read. */
  get offset(): number {
    return this.#offset
  }

  get atEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  /** @throws Malformed where there are fewer */
  take(length: number): Uint8Array {
    const end = this.#offset + length
    if (end > this.#bytes.length) throw new Malformed('it breaks off')
    const taken = this.#bytes.subarray(this.#offset, end)
    this.#offset = end
    return taken
  }

  /** A big-endian number of at most six bytes. */
  number(size: number): number {
    return this.take(size).reduce((value, byte) => value * 256 + byte, 0)
  }

  /** Everything that is left. */
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#offset)
  }

  /**
   * A multiprecision integer (RFC 9580, section 3.2), without zeros in front.
   * @throws Malformed
   */
  integer(): Uint8Array {
    const bits = this.number(2)
    const bytes = this.take(Math.ceil(bits / 8))
    const first = bytes.findIndex((byte) => byte !== 0)
    return first === -1 ? bytes.subarray(bytes.length) : bytes.subarray(first)
  }
}

/** The number with zeros in front, so that it has `length` bytes; undefined where it is larger. */
export function padded(integer: Uint8Array, length: number): Uint8Array | undefined {
  if (integer.length > length) return undefined
  return Buffer.concat([Buffer.alloc(length - integer.length), integer])
}
