import { type ByteString, textOfBytes } from '../../base/byte-string.js'
import { OciError } from '../error.js'
import { blockSize, paddingOf, zeroBlock } from './block.js'
import { checkEntry } from './check-entry.js'
import { encodeEntry } from './encode-entry.js'
import type { TarEntry } from './entry.js'
import { writeHeader } from './header.js'
import { encodePaxRecords } from './pax-records.js'

/** Takes the next piece of a stream. The piece is borrowed: it changes once the call has returned. */
export type PieceSink = (piece: Uint8Array) => void

/**
 * Writes entries as the canonical tar (docs/format.md, "Tar"), for each: {@link entry}, and for a file
 * its content in any pieces.
 *
 * What the sink gets is cut as the gzip encoder needs it, whatever pieces the content came in: each header, PAX
 * data, content and padding by itself, and inside a content only at multiples of 512.
 */
export class TarWriter {
  readonly #sink: PieceSink
  readonly #header = Buffer.alloc(blockSize)
  /** The start of a block of content whose rest has not come yet. */
  readonly #held = new Uint8Array(blockSize)
  #heldLength = 0
  /** Bytes of content that are still to come. */
  #missing = 0
  #padding = 0
  #current = ''
  #closed = false

  constructor(sink: PieceSink) {
    this.#sink = sink
  }

  /**
   * Begins the next entry.
   * @throws OciError `tar/bad-entry`; `tar/content-length` when the one before is not complete
   */
  entry(entry: TarEntry): void {
    this.#finishContent()
    checkEntry(entry)
    const { header, extended } = encodeEntry(entry)
    if (extended) this.#extendedHeader(extended.name, encodePaxRecords(extended.records))
    writeHeader(this.#header, header)
    this.#sink(this.#header)
    this.#current = entry.path
    this.#missing = entry.size
    this.#padding = paddingOf(entry.size)
  }

  /**
   * Appends to the content of the current entry.
   * @throws OciError `tar/content-length` when it gets longer than the entry said
   */
  content(piece: Uint8Array): void {
    if (piece.length > this.#missing) throw this.#wrongLength(this.#missing - piece.length)
    this.#missing -= piece.length
    const rest = this.#heldLength > 0 ? this.#completeHeld(piece) : piece
    const whole = this.#missing === 0 ? rest.length : rest.length - (rest.length % blockSize)
    if (whole > 0) this.#sink(rest.subarray(0, whole))
    this.#hold(rest.subarray(whole))
  }

  /**
   * Ends the tar.
   * @throws OciError `tar/content-length` when the last entry is not complete
   */
  close(): void {
    this.#finishContent()
    this.#closed = true
    this.#sink(zeroBlock)
    this.#sink(zeroBlock)
  }

  #extendedHeader(name: ByteString, records: ByteString): void {
    const fields = { typeFlag: 'x', mode: 0, uid: 0, gid: 0, mtime: 0 }
    writeHeader(this.#header, { name, size: records.length, ...fields })
    this.#sink(this.#header)
    this.#sink(Buffer.from(records, 'latin1'))
    this.#pad(paddingOf(records.length))
  }

  #hold(start: Uint8Array): void {
    this.#held.set(start, this.#heldLength)
    this.#heldLength += start.length
  }

  /** Adds to the held block; returns what of `piece` comes after it. */
  #completeHeld(piece: Uint8Array): Uint8Array {
    const count = Math.min(blockSize - this.#heldLength, piece.length)
    this.#hold(piece.subarray(0, count))
    if (this.#heldLength === blockSize || this.#missing === 0) {
      this.#sink(this.#held.subarray(0, this.#heldLength))
      this.#heldLength = 0
    }
    return piece.subarray(count)
  }

  #finishContent(): void {
    if (this.#closed) throw new OciError('tar/closed', 'write after the end of a tar')
    if (this.#missing > 0) throw this.#wrongLength(this.#missing)
    this.#pad(this.#padding)
    this.#padding = 0
  }

  #pad(count: number): void {
    if (count > 0) this.#sink(zeroBlock.subarray(0, count))
  }

  #wrongLength(missing: number): OciError {
    const kind = missing > 0 ? 'shorter' : 'longer'
    return new OciError('tar/content-length', `the content is ${kind} than its entry says`, {
      where: textOfBytes(this.#current),
      hint: 'the file was changed while it was read; nothing may write to it during a build'
    })
  }
}
