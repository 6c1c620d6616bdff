/** A number of places for work that is done at the same time; who comes when all are taken waits for its turn. */
export class Slots {
  readonly #waiting: (() => void)[] = []
  #free: number

  /** @param count at least one */
  constructor(count: number) {
    this.#free = count
  }

  /**
   * Does the work when there is a place for it, in the order of the calls. Work must not wait for other work that
   * still needs a place.
   */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      // The place goes to the next one directly, so that nobody slips in between.
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}
