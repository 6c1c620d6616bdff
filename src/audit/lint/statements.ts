import type { Containerfile } from '../../containerfile/instruction.js'
import { tomlPlaces } from '../../tree/toml-positions.js'
import type { LineRange } from './allowance.js'

/** The lines of each instruction, here-documents and comments below it included. */
export function instructionLines({ globalArgs, stages }: Containerfile): LineRange[] {
  const own = stages.flatMap(({ from, instructions }) => [from, ...instructions])
  const starts = [...globalArgs, ...own].map(({ position }) => position.line)
  return starts.map((first, index) => {
    return { first, last: Math.max(first, (starts[index + 1] ?? Infinity) - 1) }
  })
}

/** The lines of each key with its value, and of each table from its header up to the next one. */
export function definitionLines(text: string): LineRange[] {
  const lines = new LineNumbers(text)
  const ranges: LineRange[] = []
  const headers: number[] = []
  for (const { key, value, end } of tomlPlaces(text).values()) {
    const first = lines.at(key)
    const isHeader = key === value && text[key] === '[' && lines.startsWith(key)
    if (isHeader) headers.push(first)
    else ranges.push({ first, last: lines.at(end) })
  }
  headers.sort((a, b) => a - b)
  const tables = headers.map((first, index) => {
    return { first, last: (headers[index + 1] ?? Infinity) - 1 }
  })
  return [...ranges, ...tables]
}

/** Finds the line of an offset without walking the text again for each. */
class LineNumbers {
  readonly #text: string
  readonly #starts = [0]

  constructor(text: string) {
    this.#text = text
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1)
    }
  }

  /** From 1. */
  at(offset: number): number {
    let [low, high] = [0, this.#starts.length]
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return low + 1
  }

  /** Whether nothing but blanks stands before the offset in its line. */
  startsWith(offset: number): boolean {
    return this.#text.slice(this.#starts[this.at(offset) - 1], offset).trim() === ''
  }
}
