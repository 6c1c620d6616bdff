/** An instruction of a Containerfile with its continuation lines joined. */
export interface LogicalLine {
  readonly text: string
  /** The number of the line with its first character, from 1. */
  readonly line: number
}

/**
 * Walks the logical lines of a Containerfile that is plain (see `scanStages`): the escape character is a
 * backslash, lines end with a newline alone, white space is ASCII.
 */
export class PlainLines {
  readonly #text: string
  #offset = 0
  #line = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The next instruction; comments and blank lines before and within it are left out. */
  next(): LogicalLine | undefined {
    let text: string | undefined
    let line = 0
    for (let raw = this.#raw(); raw !== undefined; raw = this.#raw()) {
      const start = skipBlanks(raw, 0)
      if (start === raw.length || raw[start] === '#') continue
      const end = continuationIndex(raw)
      // Blanks at the beginning belong to the instruction on its continuation lines only.
      const piece = raw.slice(text === undefined ? start : 0, end)
      if (line === 0 && piece !== '') line = this.#line
      text = text === undefined ? piece : text + piece
      if (end === undefined) break
    }
    return text === undefined ? undefined : { text, line }
  }

  /** Skips a here-document; whether its end was found. */
  skipHeredoc(name: string, withoutTabs: boolean): boolean {
    let from = this.#offset
    for (;;) {
      const at = this.#text.indexOf(name, from)
      if (at < 0) return false
      const lineStart = Math.max(this.#text.lastIndexOf('\n', at - 1) + 1, this.#offset)
      const lineEnd = this.#lineEnd(at)
      const before = this.#text.slice(lineStart, at)
      if (at + name.length === lineEnd && (withoutTabs ? /^\t*$/.test(before) : before === '')) {
        this.#goTo(lineEnd + 1)
        return true
      }
      // Behind a first mention that does not end it, no later one in the same line does.
      from = lineEnd
    }
  }

  #goTo(offset: number): void {
    for (let at = this.#offset; at < offset; at++) {
      if (this.#text.charCodeAt(at) === 0x0a) this.#line++
    }
    this.#offset = offset
  }

  #raw(): string | undefined {
    if (this.#offset >= this.#text.length) return undefined
    const end = this.#lineEnd(this.#offset)
    const raw = this.#text.slice(this.#offset, end)
    this.#offset = end + 1
    this.#line++
    return raw
  }

  #lineEnd(from: number): number {
    const newline = this.#text.indexOf('\n', from)
    return newline < 0 ? this.#text.length : newline
  }
}

function skipBlanks(text: string, from: number): number {
  let index = from
  while (text[index] === ' ' || text[index] === '\t') index++
  return index
}

/** Where a line that goes on in the next one ends: at its last backslash, if that is not escaped itself. */
function continuationIndex(raw: string): number | undefined {
  let last = raw.length - 1
  while (raw[last] === ' ' || raw[last] === '\t') last--
  return raw[last] === '\\' && raw[last - 1] !== '\\' ? last : undefined
}
