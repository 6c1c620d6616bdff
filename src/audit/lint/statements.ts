import type { Containerfile } from '../../containerfile/instruction.js'
import { tomlPlaces } from '../../tree/toml-positions.js'
import type { LineRange } from './allowance.js'
import { LineNumbers } from './line-numbers.js'

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
    const first = lines.lineAt(key)
    const isHeader = key === value && text[key] === '[' && lines.isFirst(key)
    if (isHeader) headers.push(first)
    else ranges.push({ first, last: lines.lineAt(end) })
  }
  headers.sort((a, b) => a - b)
  const tables = headers.map((first, index) => {
    return { first, last: (headers[index + 1] ?? Infinity) - 1 }
  })
  return [...ranges, ...tables]
}
