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
    const pieces: string[] = []
    let line = 0
    for (let raw = this.#raw(); raw !== undefined; raw = this.#raw()) {
      if (/^[ \t]*(?:#|$)/.test(raw)) continue
      const continued = /^(.*[^\\])?\\[ \t]*$/s.exec(raw)
      const content = continued === null ? raw : (continued[1] ?? '')
      // Blanks at the beginning belong to the instruction on its continuation lines only.
      const piece = pieces.length === 0 ? content.trimStart() : content
      if (line === 0 && piece !== '') line = this.#line
      pieces.push(piece)
      if (continued === null) break
    }
    return pieces.length === 0 ? undefined : { text: pieces.join(''), line }
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
