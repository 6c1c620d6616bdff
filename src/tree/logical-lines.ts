/** An instruction of a Containerfile with its continuation lines joined. */
export interface LogicalLine {
  readonly text: string
  /** The number of its first line, from 1. */
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
    let joined = ''
    let first = 0
    for (let raw = this.#raw(); raw !== undefined; raw = this.#raw()) {
      if (/^[ \t]*(?:#|$)/.test(raw)) continue
      if (first === 0) first = this.#line
      const content = /^(.*[^\\])?\\[ \t]*$/s.exec(raw)
      if (content === null) return { text: joined + raw, line: first }
      joined += content[1] ?? ''
    }
    return first === 0 ? undefined : { text: joined, line: first }
  }

  /** Skips a here-document; whether its end was found. */
  skipHeredoc(name: string, withoutTabs: boolean): boolean {
    for (let raw = this.#raw(); raw !== undefined; raw = this.#raw()) {
      if ((withoutTabs ? raw.replace(/^\t+/, '') : raw) === name) return true
    }
    return false
  }

  #raw(): string | undefined {
    if (this.#offset >= this.#text.length) return undefined
    const newline = this.#text.indexOf('\n', this.#offset)
    const end = newline < 0 ? this.#text.length : newline
    const raw = this.#text.slice(this.#offset, end)
    this.#offset = end + 1
    this.#line++
    return raw
  }
}
