import { OciError } from '../error.js'
import { BlockAssembler } from './block-assembler.js'
import { GzipFrame } from './gzip-frame.js'
import { Matcher, MatcherMemory } from './matcher.js'
import { blockTokens } from './token.js'
import { comfortable, reach, WindowSchedule } from './window-schedule.js'

const bufferSize = 16 * reach
/** What stays in the buffer before the place that is worked on: matches and stored blocks reach there. */
const kept = 3 * reach
/** Reads may go beyond the content by this much. */
const slack = 8

/**
 * The canonical gzip encoder: the same bytes for the same sequence of writes, on every machine and in
 * every version (docs/format.md, "Gzip").
 *
 * The pieces given to {@link write} are part of the input: pieces that end at multiples of 512 bytes of
 * the stream give what one large piece gives; others need not.
 */
export class GzipEncoder {
  readonly #frame: GzipFrame
  readonly #schedule = new WindowSchedule()
  readonly #assembler: BlockAssembler
  readonly #buffer = new Uint8Array(bufferSize + slack)
  readonly #matcher = new Matcher(
    this.#buffer,
    0,
    this.#schedule,
    new MatcherMemory(blockTokens + 1)
  )
  /** Where the buffer's content ends, and the position in the stream of its first byte. */
  #end = 0
  #origin = 0
  #closed = false

  /** `sink` gets the compressed bytes in chunks of up to 256 KiB, which are its to keep. */
  constructor(sink: (chunk: Uint8Array) => void) {
    this.#frame = new GzipFrame(sink)
    this.#assembler = new BlockAssembler(this.#frame.blocks, this.#schedule)
  }

  /** Compresses the next piece, which may be reused afterwards. */
  write(piece: Uint8Array): void {
    if (this.#closed) throw new OciError('gzip/closed', 'write after the end of a gzip stream')
    if (piece.length === 0) return
    this.#schedule.noteWriteEnd(this.#origin + this.#end)
    this.#frame.cover(piece)
    for (let taken = 0; taken < piece.length;) {
      if (this.#end === bufferSize) this.#makeRoom()
      const count = Math.min(piece.length - taken, bufferSize - this.#end)
      this.#buffer.set(piece.subarray(taken, taken + count), this.#end)
      this.#end += count
      taken += count
    }
  }

  /** Writes what is left and the trailer. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#schedule.noteStreamEnd(this.#origin + this.#end)
    this.#compressUpTo(this.#end)
    this.#matcher.finish()
    this.#takeTokens()
    this.#assembler.flush(this.#part())
    this.#frame.close()
  }

  #makeRoom(): void {
    this.#compressUpTo(this.#end - comfortable + 1)
    const distance = bufferSize - kept
    this.#buffer.copyWithin(0, distance, bufferSize)
    this.#end -= distance
    this.#origin += distance
    this.#matcher.moveDown(distance)
    this.#schedule.forgetBefore(this.#origin)
  }

  #compressUpTo(until: number): void {
    while (this.#matcher.place < until) {
      this.#matcher.advance(Math.min(until, this.#matcher.place + blockTokens), this.#end)
      this.#takeTokens()
    }
  }

  #takeTokens(): void {
    this.#assembler.append(this.#matcher.takeTokens(), this.#part())
  }

  #part(): { bytes: Uint8Array; origin: number } {
    return { bytes: this.#buffer, origin: this.#origin }
  }
}
