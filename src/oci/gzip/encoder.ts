import { crc32 } from 'node:zlib'
import { OciError } from '../error.js'
import { BitWriter } from './bit-writer.js'
import { BlockWriter } from './block-writer.js'
import { LazyMatcher } from './lazy-matcher.js'

/** DEFLATE, no name, no time, no flags, operating system unknown (RFC 1952). */
const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff)

/**
 * The canonical gzip encoder: the same bytes for the same sequence of writes, on every machine and in
 * every version (docs/format.md, "Gzip").
 *
 * The pieces given to {@link write} are part of the input: pieces that end at multiples of 512 bytes of
 * the stream give what one large piece gives; others need not.
 */
export class GzipEncoder {
  readonly #out: BitWriter
  readonly #blocks: BlockWriter
  readonly #matcher: LazyMatcher
  #crc = 0
  #size = 0
  #closed = false

  /** `sink` gets the compressed bytes in chunks of up to 256 KiB, which are its to keep. */
  constructor(sink: (chunk: Uint8Array) => void) {
    this.#out = new BitWriter(sink)
    this.#blocks = new BlockWriter(this.#out)
    this.#matcher = new LazyMatcher(this.#blocks)
    this.#out.writeBytes(header)
  }

  /** Compresses the next piece, which may be reused afterwards. */
  write(piece: Uint8Array): void {
    if (this.#closed) throw new OciError('gzip/closed', 'write after the end of a gzip stream')
    this.#crc = crc32(piece, this.#crc)
    this.#size += piece.length
    this.#matcher.write(piece)
  }

  /** Writes what is left and the trailer. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#matcher.close()
    this.#blocks.writeEnd()
    const trailer = new DataView(new ArrayBuffer(8))
    trailer.setUint32(0, this.#crc, true)
    trailer.setUint32(4, this.#size % 2 ** 32, true)
    this.#out.writeBytes(new Uint8Array(trailer.buffer))
    this.#out.flush()
  }
}
