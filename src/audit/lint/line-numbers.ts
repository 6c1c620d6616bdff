import type { Position } from '../../tree/problem.js'

/** Finds the lines of offsets in a text without walking through it again for each. */
export class LineNumbers {
  readonly #text: string
  readonly #starts = [0]

  constructor(text: string) {
    this.#text = text
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1)
    }
  }

  /** From 1. */
  lineAt(offset: number): number {
    let [low, high] = [0, this.#starts.length]
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset)
    return { line, column: offset - (this.#starts[line - 1] ?? 0) + 1 }
  }

  /** Whether nothing but blanks stands before the offset in its line. */
  isFirst(offset: number): boolean {
    return this.#text.slice(this.#starts[this.lineAt(offset) - 1], offset).trim() === ''
  }
}
