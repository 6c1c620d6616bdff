import { ContainerfileError } from '../containerfile-error.js'
import type { Position } from '../position.js'

/** What every file may use, whatever its size. Real ones stay below a hundredth of it. */
const BASE_LIMIT = 16 << 20

/** How much the resolved stages of a file may be larger than the file. */
const FACTOR = 64

/** Under this number stands what is spent before any stage is resolved. */
export const PLANNING = -1

/** What a trigger counts beside its length: a base with many of them may have many stages FROM it. */
export const TRIGGER_COST = 256

/**
 * Bounds what the resolution of a file's stages produces (environments, histories, expanded words) to a
 * multiple of the file's size. Variables that double themselves, or stages that inherit long lists, would
 * otherwise let a short file ask for memory without end.
 */
export class Budget {
  readonly #limit: number
  readonly #spent = new Map<number, number>()
  #total = 0

  /** `size`: the file's length in characters. */
  constructor(size: number) {
    this.#limit = BASE_LIMIT + FACTOR * size
  }

  /** Forgets what an earlier resolution of the stage cost: only one of them is kept. */
  restart(stage: number): void {
    this.#total -= this.#spent.get(stage) ?? 0
    this.#spent.delete(stage)
  }

  /** @throws {ContainerfileError} `containerfile/expansion-too-large` */
  spend(stage: number, characters: number, position: Position): void {
    this.#total += characters
    this.#spent.set(stage, (this.#spent.get(stage) ?? 0) + characters)
    if (this.#total <= this.#limit) return
    throw new ContainerfileError(
      'containerfile/expansion-too-large',
      position,
      `the file expands to more than ${this.#limit} characters`
    )
  }
}
