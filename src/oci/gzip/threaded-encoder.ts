import { setImmediate } from 'node:timers/promises'
import { BlockAssembler } from './block-assembler.js'
import { GzipFrame } from './gzip-frame.js'
import type { MatchedSection, Section } from './section.js'
import { SectionBuffer, usualSectionSize } from './section-buffer.js'
import { SectionJob } from './section-job.js'
import { Stitcher } from './stitcher.js'
import { WindowSchedule } from './window-schedule.js'

/** Matches sections on another thread. */
export interface SectionMatcher {
  /**
   * Claims the section when its turn comes, and matches it.
   * @returns undefined where it was claimed before
   * @throws when the thread has died
   */
  offer(section: Section): Promise<MatchedSection | undefined>
}

/**
 * The canonical gzip encoder on several threads: the same bytes as {@link GzipEncoder}, whatever the threads
 * do and however many there are. Sections of the stream are matched at the same time, their tokens joined
 * and written here in order. This thread takes part when it would have to wait.
 */
export class ThreadedGzipEncoder {
  readonly #frame: GzipFrame
  readonly #schedule = new WindowSchedule()
  readonly #buffer: SectionBuffer
  readonly #stitcher: Stitcher
  readonly #findMatchers: () => readonly SectionMatcher[]
  #matchers: readonly SectionMatcher[] = []
  /** In the order of the stream. */
  readonly #jobs: SectionJob[] = []

  /**
   * @param sink gets the compressed bytes in chunks of up to 256 KiB, which are its to keep
   * @param matchers other threads, asked for once there is work for them; with none all is done on this one
   * @param sectionSize how much is matched in one section, a multiple of 32768; changes no byte
   */
  constructor(
    sink: (chunk: Uint8Array) => void,
    matchers: () => readonly SectionMatcher[],
    sectionSize = usualSectionSize
  ) {
    this.#frame = new GzipFrame(sink)
    this.#buffer = new SectionBuffer(this.#schedule, sectionSize)
    const assembler = new BlockAssembler(this.#frame.blocks, this.#schedule)
    this.#stitcher = new Stitcher(assembler, this.#schedule)
    this.#findMatchers = matchers
  }

  /** Takes the next piece, which may be reused afterwards; {@link settle} is to follow soon. */
  write(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.#schedule.noteWriteEnd(this.#buffer.position)
    this.#frame.cover(piece)
    for (let taken = 0; taken < piece.length;) {
      taken += this.#buffer.fill(piece, taken)
      if (this.#buffer.isFull) this.#enqueue(this.#buffer.next())
    }
  }

  /** Brings what waits in memory down to a few sections for each thread. */
  async settle(): Promise<void> {
    while (this.#jobs.length > this.#mostWaiting) await this.#finishFirst()
  }

  /** Writes what is left and the trailer. */
  async close(): Promise<void> {
    while (this.#jobs.length > 0) await this.#finishFirst()
    this.#schedule.noteStreamEnd(this.#buffer.position)
    this.#stitcher.finish(this.#buffer.last())
    this.#frame.close()
  }

  /** Enough for every thread, and for this one to go on while the first section is a slow thread's. */
  get #mostWaiting(): number {
    return this.#matchers.length === 0 ? 0 : this.#matchers.length * 2 + 4
  }

  #enqueue(section: Section): void {
    this.#matchers = this.#findMatchers()
    const job = new SectionJob(section)
    this.#jobs.push(job)
    for (const matcher of this.#matchers) {
      matcher.offer(section).then(
        (matched) => {
          if (matched) job.finish(matched)
        },
        // A thread may die, of too little memory for instance; the work can always be done here.
        () => {
          job.abandon()
        }
      )
    }
  }

  /** Joins the first section; while another thread is busy with it, works on those that nobody has claimed. */
  async #finishFirst(): Promise<void> {
    const [first] = this.#jobs
    if (first === undefined) return
    while (!first.isDone && this.#jobs.some((job) => job.claimAndFinish())) {
      // What the other threads have found comes in between.
      await setImmediate()
    }
    this.#stitcher.append(first.section, await first.done)
    this.#jobs.shift()
    this.#schedule.forgetBefore(first.section.origin)
    this.#buffer.recycle(first.section)
  }
}
