import { crc32 } from 'node:zlib'
import { BitWriter } from './bit-writer.js'
import { BlockWriter } from './block-writer.js'

/** DEFLATE, no name, no time, no flags, operating system unknown (RFC 1952). */
const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff)

/** What is around the compressed blocks: header, end, and the trailer over all that was compressed. */
export class GzipFrame {
  readonly blocks: BlockWriter
  readonly #out: BitWriter
  #crc = 0
  #size = 0

  /** `sink` gets the compressed bytes in chunks of up to 256 KiB, which are its to keep. */
  constructor(sink: (chunk: Uint8Array) => void) {
    this.#out = new BitWriter(sink)
    this.#out.writeBytes(header)
    this.blocks = new BlockWriter(this.#out)
  }

  /** Takes the next bytes into the trailer. */
  cover(piece: Uint8Array): void {
    this.#crc = crc32(piece, this.#crc)
    this.#size += piece.length
  }

  /** Writes the end and the trailer. */
  close(): void {
    this.blocks.writeEnd()
    const trailer = new DataView(new ArrayBuffer(8))
    trailer.setUint32(0, this.#crc, true)
    trailer.setUint32(4, this.#size % 2 ** 32, true)
    this.#out.writeBytes(new Uint8Array(trailer.buffer))
    this.#out.flush()
  }
}
