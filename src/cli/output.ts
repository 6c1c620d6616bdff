import { type Paint, painted, plain } from './paint.js'

/** What a command writes to: standard output or standard error. */
export interface Output {
  write(text: string): void
  /** Whether a person watches: a terminal that can move its cursor. */
  readonly terminal: boolean
  /** The terminal's width in columns; 80 where there is none. */
  readonly columns: number
  readonly paint: Paint
}

/** The part of a Node stream that an output uses. */
export interface OutputStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/**
 * An output over `stream`. Colours need a terminal that is not `dumb`, and that neither the caller
 * (`--no-color`) nor the environment (`NO_COLOR`, see no-color.org) refuses them.
 */
export function outputTo(
  stream: OutputStream,
  env: Readonly<Record<string, string | undefined>>,
  colorWanted: boolean
): Output {
  const terminal = stream.isTTY === true && env['TERM'] !== 'dumb'
  const refused = !colorWanted || (env['NO_COLOR'] ?? '') !== ''
  return {
    write: (text) => {
      stream.write(text)
    },
    terminal,
    get columns() {
      return stream.columns ?? 80
    },
    paint: terminal && !refused ? painted : plain
  }
}
