/** How far back a match may begin, and by how much the window moves. */
export const reach = 32768
const windowSize = 2 * reach
/** With less than this ahead, a position waits for more input: what follows could change the choice. */
export const comfortable = 262
/** The last position in the window that is visited before it moves. */
const lastVisited = windowSize - comfortable

/**
 * Where the window begins when a position is visited (docs/format.md, "Matches"): no match reaches before
 * it, and a block that begins before it cannot be stored. Positions count from the stream's first byte.
 */
export class WindowSchedule {
  /** Where the stream ends, once that is known. */
  #streamEnd = Infinity
  /** For each stretch of the window's step, the last write in it that ends where it matters. */
  readonly #writeEnds: Map<number, number>
  /** The last position before which the window moved because of where a write ended, and its start then. */
  #earlyMove = Infinity
  #earlyStart = 0

  /** `writeEnds` are those of another schedule, see {@link writeEndsIn}. */
  constructor(writeEnds: readonly number[] = []) {
    this.#writeEnds = new Map(writeEnds.map((end) => [stretchOf(end), end]))
  }

  /** Takes note of where a write ended that is not the last one. */
  noteWriteEnd(end: number): void {
    if (end % reach > lastVisited % reach) this.#writeEnds.set(stretchOf(end), end)
  }

  /** Takes note of where the stream ends: there the window does not move without need. */
  noteStreamEnd(end: number): void {
    this.#streamEnd = end
  }

  /** The write ends that matter in a part of the stream. */
  writeEndsIn(from: number, to: number): number[] {
    return [...this.#writeEnds.values()].filter((end) => end >= from && end < to)
  }

  /** Forgets the write ends before a position that will not be asked for any more. */
  forgetBefore(position: number): void {
    for (const [stretch, end] of this.#writeEnds) {
      if (end < position) this.#writeEnds.delete(stretch)
    }
  }

  /** Where the window begins when `position` is visited, `previous` being the position visited before. */
  startAt(position: number, previous: number): number {
    const excess = Math.min(position - lastVisited, this.#streamEnd - windowSize)
    const movedEarlyTo = position > this.#earlyMove ? this.#earlyStart : 0
    const start = Math.max(Math.ceil(excess / reach) * reach, movedEarlyTo)
    if (position - start < lastVisited) return start
    // A position this far is visited before the window moves only if no write made it wait.
    const end = this.#writeEnds.get(stretchOf(position)) ?? -Infinity
    if (end < previous + comfortable) return start
    this.#earlyMove = position
    this.#earlyStart = start + reach
    return this.#earlyStart
  }
}

/** Whether the choice at a position may depend on which position was visited before. */
export function isSensitive(position: number): boolean {
  return position % reach === lastVisited % reach
}

function stretchOf(position: number): number {
  return Math.floor(position / reach)
}
