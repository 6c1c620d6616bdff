import type { Position } from '../position.js'
import { skipSpace } from './white-space.js'

/** Where a piece of a logical line begins in it, and where that piece stands in the file. */
interface Segment {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** The file that text comes from; or, for text from elsewhere, the one place where all of it is said to be. */
export type Origin = string | Position

/** An instruction's text with its continuation lines joined, which still knows where each character stood. */
export class LogicalLine {
  readonly text: string
  readonly #origin: Origin
  readonly #segments: readonly Segment[]

  constructor(origin: Origin, text: string, segments: readonly Segment[]) {
    this.text = text
    this.#origin = origin
    this.#segments = segments
  }

  /** The place in the file of the character at `offset` of the joined text. */
  positionAt(offset: number): Position {
    if (typeof this.#origin !== 'string') return this.#origin
    let low = 0
    let high = this.#segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#segments[middle]?.offset ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const segment = this.#segments[low] ?? { offset: 0, line: 1, column: 1 }
    return {
      file: this.#origin,
      line: segment.line,
      column: segment.column + offset - segment.offset
    }
  }
}

/** A part of a logical line: `text` begins at `offset` of `line`. */
export interface Span {
  readonly line: LogicalLine
  readonly offset: number
  readonly text: string
}

/** The place of the character at `index` of the span. */
export function spanPosition(span: Span, index = 0): Position {
  return span.line.positionAt(span.offset + index)
}

/** The span's characters from `start` up to `end`. */
export function subSpan(span: Span, start: number, end = span.text.length): Span {
  return { line: span.line, offset: span.offset + start, text: span.text.slice(start, end) }
}

/** The lines of a file, read one after the other. */
export class LineReader {
  readonly #origin: Origin
  readonly #text: string
  #offset = 0
  /** The number of the last line that was read; 0 before the first. */
  line = 0

  /** A byte-order mark at the very beginning is not part of the first line. */
  constructor(origin: Origin, text: string) {
    this.#origin = origin
    this.#text = text
    if (text.startsWith('\ufeff')) this.#offset = 1
  }

  /** The next line with its line end, or undefined at the end of the file. */
  nextRaw(): string | undefined {
    if (this.#offset >= this.#text.length) return undefined
    const newline = this.#text.indexOf('\n', this.#offset)
    const end = newline < 0 ? this.#text.length : newline + 1
    const raw = this.#text.slice(this.#offset, end)
    this.#offset = end
    this.line++
    return raw
  }

  /** The place of the last line's character at `index`. */
  positionAt(index = 0): Position {
    if (typeof this.#origin !== 'string') return this.#origin
    return { file: this.#origin, line: Math.max(1, this.line), column: index + 1 }
  }

  /**
   * Joins the line `first`, which was just read, with its continuation lines. Comment lines and empty lines
   * among them vanish; their leading white space stays, except the first line's.
   */
  join(first: string, escape: string): LogicalLine {
    const parts: string[] = []
    const segments: Segment[] = []
    let length = 0
    let content = withoutNewline(first)
    let start = skipSpace(content, 0)
    for (;;) {
      const end = continuationIndex(content, start, escape)
      segments.push({ offset: length, line: this.line, column: start + 1 })
      parts.push(content.slice(start, end))
      length += end - start
      if (end === content.length) break
      const next = this.#nextContinuation()
      if (next === undefined) break
      content = next
      start = 0
    }
    return new LogicalLine(this.#origin, parts.join(''), segments)
  }

  #nextContinuation(): string | undefined {
    for (let raw = this.nextRaw(); raw !== undefined; raw = this.nextRaw()) {
      const content = withoutNewline(raw)
      if (!isBlankOrComment(content)) return content
    }
    return undefined
  }
}

/** Without the carriage returns and the newline at its end. */
export function withoutNewline(line: string): string {
  let end = line.length
  while (end > 0 && (line[end - 1] === '\n' || line[end - 1] === '\r')) end--
  return line.slice(0, end)
}

/** Whether nothing but a comment, if that, stands in the line. */
export function isBlankOrComment(line: string): boolean {
  const start = skipSpace(line, 0)
  return start === line.length || line[start] === '#'
}

/**
 * Where the line's content ends: before an escape character that is followed by blanks only and not
 * preceded by another one, else at the line's end.
 */
function continuationIndex(line: string, start: number, escape: string): number {
  let last = line.length - 1
  while (last >= start && (line[last] === ' ' || line[last] === '\t')) last--
  const continues = last >= start && line[last] === escape
  return continues && (last === start || line[last - 1] !== escape) ? last : line.length
}
