import type { Output } from '../output.js'

/** Milliseconds between two drawings. */
const pause = 100

/** To the line's start, and erase it (ECMA-48). */
const clear = '\r\u001b[K'

/** On a terminal, a last line that is drawn again and again; lines that stay go above it. */
export class StatusLine {
  readonly #output: Output
  #timer: NodeJS.Timeout | undefined

  /** @param text what the line says now */
  constructor(output: Output, text: () => string) {
    this.#output = output
    if (!output.terminal) return
    this.#timer = setInterval(() => {
      output.write(clear + text().slice(0, output.columns - 1))
    }, pause)
    this.#timer.unref()
  }

  /** Writes a line that stays. */
  say(text: string): void {
    this.#output.write(`${this.#timer === undefined ? '' : clear}${text}\n`)
  }

  /** Leaves the terminal as a report can be printed on it. */
  end(): void {
    if (this.#timer !== undefined) this.#output.write(clear)
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
