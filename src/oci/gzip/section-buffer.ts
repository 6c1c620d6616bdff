import type { Section } from './section.js'
import { comfortable, reach, type WindowSchedule } from './window-schedule.js'

/** What a section has before its start: as far as a stored block may reach back. */
const history = 2 * reach
/** How much is matched in one section unless asked otherwise. */
export const usualSectionSize = 32 * reach
/** Reads may go beyond the content by this much. */
const slack = 8

/** Cuts a stream into sections. */
export class SectionBuffer {
  readonly #schedule: WindowSchedule
  /** Buffers to be used again. */
  readonly #spare: Uint8Array[] = []
  readonly #sectionSize: number
  #bytes: Uint8Array
  #origin = 0
  #start = 0
  #end = 0

  /** @param sectionSize how much is matched in one section; a multiple of the reach */
  constructor(schedule: WindowSchedule, sectionSize: number) {
    this.#schedule = schedule
    this.#sectionSize = sectionSize
    this.#bytes = this.#newBuffer()
  }

  /** The position in the stream at which the content ends. */
  get position(): number {
    return this.#origin + this.#end
  }

  /** Whether the next section is complete. */
  get isFull(): boolean {
    return this.#end === this.#stop + comfortable
  }

  /** Copies what fits of `piece` from `taken` on; returns how much that was. */
  fill(piece: Uint8Array, taken: number): number {
    const count = Math.min(piece.length - taken, this.#stop + comfortable - this.#end)
    this.#bytes.set(piece.subarray(taken, taken + count), this.#end)
    this.#end += count
    return count
  }

  /** Takes the complete section away. */
  next(): Section {
    const section = this.#section(this.#stop)
    const bytes = this.#spare.pop() ?? this.#newBuffer()
    const from = Math.max(section.stop - history, 0)
    bytes.set(section.bytes.subarray(from, section.end))
    this.#bytes = bytes
    this.#origin += from
    this.#start = section.stop - from
    this.#end -= from
    return section
  }

  /** Takes what is left away, as the last section. */
  last(): Section {
    return this.#section(this.#end)
  }

  /** Takes back the bytes of a section that nobody needs any more. */
  recycle(section: Section): void {
    this.#spare.push(section.bytes)
  }

  get #stop(): number {
    return this.#start + this.#sectionSize
  }

  #section(stop: number): Section {
    const origin = this.#origin
    const writeEnds = this.#schedule.writeEndsIn(origin + this.#start, origin + this.#end)
    const claimed = new Int32Array(new SharedArrayBuffer(4))
    return {
      bytes: this.#bytes,
      origin,
      start: this.#start,
      stop,
      end: this.#end,
      writeEnds,
      claimed
    }
  }

  /** Shared, so that other threads read it in place. */
  #newBuffer(): Uint8Array {
    return new Uint8Array(new SharedArrayBuffer(history + this.#sectionSize + comfortable + slack))
  }
}
