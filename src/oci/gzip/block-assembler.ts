import type { BlockWriter } from './block-writer.js'
import { blockTokens, type Token, tokenLength } from './token.js'
import type { WindowSchedule } from './window-schedule.js'

/** Bytes of the stream in memory: at least the last 65536 before the place that is being worked on. */
export interface StreamPart {
  readonly bytes: Uint8Array
  /** The position in the stream of the first byte. */
  readonly origin: number
}

/** Gathers tokens to blocks. */
export class BlockAssembler {
  readonly #blocks: BlockWriter
  readonly #schedule: WindowSchedule
  readonly #tokens = new Int32Array(blockTokens)
  #tokenCount = 0
  /** The position in the stream at which the current block begins. */
  #start = 0

  constructor(blocks: BlockWriter, schedule: WindowSchedule) {
    this.#blocks = blocks
    this.#schedule = schedule
  }

  /** Appends tokens; `part` has the bytes that they stand for. */
  append(tokens: Int32Array, part: StreamPart): void {
    for (let taken = 0; taken < tokens.length;) {
      const count = Math.min(tokens.length - taken, blockTokens - this.#tokenCount)
      this.#tokens.set(tokens.subarray(taken, taken + count), this.#tokenCount)
      this.#tokenCount += count
      taken += count
      if (this.#tokenCount === blockTokens) this.flush(part)
    }
  }

  /** Writes the tokens that are left as a block. */
  flush({ bytes, origin }: StreamPart): void {
    if (this.#tokenCount === 0) return
    const tokens = this.#tokens.subarray(0, this.#tokenCount)
    const start = this.#start
    this.#blocks.write(tokens, (length) => {
      this.#start = start + length
      const isInWindow = start >= this.#windowStartAt(tokens.at(-1) ?? 0, this.#start)
      return isInWindow ? bytes.subarray(start - origin, this.#start - origin) : undefined
    })
    this.#tokenCount = 0
  }

  /** Where the window began when the last token was chosen: after a visit to the position behind its first. */
  #windowStartAt(last: Token, end: number): number {
    const first = end - tokenLength(last)
    return this.#schedule.startAt(first + 1, first)
  }
}
