import { BlockAssembler } from './block-assembler.js'
import { GzipFrame } from './gzip-frame.js'
import { type MatchedSection, matchSection, type Section } from './section.js'
import { SectionBuffer, usualSectionSize } from './section-buffer.js'
import { Stitcher } from './stitcher.js'
import { WindowSchedule } from './window-schedule.js'

/** Matches sections on another thread. */
export interface SectionMatcher {
  /** How many more sections it takes at the moment. */
  readonly room: number
  /** Starts on a section; the caller leaves its bytes alone until the promise is settled. */
  match(section: Section): Promise<MatchedSection>
}

/** A section on its way. */
interface Job {
  readonly section: Section
  /** Once somebody has started on it. */
  matched?: Promise<MatchedSection>
  isDone: boolean
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
  readonly #jobs: Job[] = []

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
    this.#stitcher = new Stitcher(
      new BlockAssembler(this.#frame.blocks, this.#schedule),
      this.#schedule
    )
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
    return this.#matchers.length * 2 + 4
  }

  #enqueue(section: Section): void {
    this.#matchers = this.#findMatchers()
    this.#jobs.push({ section, isDone: false })
    this.#handOut()
  }

  /** Gives waiting sections to threads that have room for them. */
  #handOut(): void {
    for (const job of this.#jobs) {
      if (job.matched) continue
      const matcher = this.#matchers.find(({ room }) => room > 0)
      if (matcher === undefined) return
      this.#start(job, () => matcher.match(job.section))
    }
  }

  #start(job: Job, match: () => Promise<MatchedSection>): void {
    job.matched = match()
      // A thread may die, of too little memory for instance; the work can always be done here.
      .catch(() => matchSection(job.section))
      .finally(() => {
        job.isDone = true
        this.#handOut()
      })
  }

  /** Joins the first section; while others work on it, works on one that nobody has begun. */
  async #finishFirst(): Promise<void> {
    const [first] = this.#jobs
    if (first === undefined) return
    const idle = first.isDone ? undefined : this.#jobs.find((job) => job.matched === undefined)
    if (idle) this.#start(idle, () => Promise.resolve(matchSection(idle.section)))
    const matched = await first.matched
    if (matched) this.#stitcher.append(first.section, matched)
    this.#jobs.shift()
    this.#schedule.forgetBefore(first.section.origin)
    this.#buffer.recycle(first.section)
  }
}
