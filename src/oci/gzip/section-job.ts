import { type MatchedSection, matchSection, type Section } from './section.js'

/**
 * A section on its way, offered to several threads at once: who has claimed it does the work. The claim is
 * in memory that the threads share, so that a slow thread never holds more than the section it is busy with.
 */
export class SectionJob {
  readonly section: Section
  /** Settled when somebody has done the work; never rejected. */
  readonly done: Promise<MatchedSection>
  #isDone = false
  #finish: (matched: MatchedSection) => void = () => undefined

  constructor(section: Section) {
    this.section = section
    this.done = new Promise((resolve) => {
      this.#finish = resolve
    })
  }

  get isDone(): boolean {
    return this.#isDone
  }

  /** Takes over what a thread found; of several results the first one holds, and they are all the same. */
  finish(matched: MatchedSection): void {
    this.#isDone = true
    this.#finish(matched)
  }

  /** Does the work here unless somebody has claimed it. */
  claimAndFinish(): boolean {
    if (!claim(this.section)) return false
    this.finish(matchSection(this.section))
    return true
  }

  /**
   * A thread that had the offer has died, perhaps with this in its hands: the work is done here. If it was another
   * that had claimed it, it is done twice.
   */
  abandon(): void {
    claim(this.section)
    if (!this.#isDone) this.finish(matchSection(this.section))
  }
}

/** Claims a section: true for the first that asks, on any thread. */
export function claim({ claimed }: Section): boolean {
  return Atomics.exchange(claimed, 0, 1) === 0
}
