/**
 * How a failed command ends. `failure`: a check or a build failed (status 1); `usage`: the command or a
 * file given to it is wrong (status 2); `trust`: a trust decision was refused (status 3).
 */
export type ErrorKind = 'failure' | 'usage' | 'trust'

/** What an error tells the person who reads it, beside its one-line message. */
export interface ErrorDetails {
  /** Where it was found: `file:line:column`, a URL, a digest. */
  readonly where?: string
  readonly expected?: string
  readonly found?: string
  /** What to do about it. */
  readonly hint?: string
  readonly kind?: ErrorKind
  readonly cause?: unknown
}

/**
 * The base of every error a user may see. Each area derives one class with a closed union of codes, so
 * that scripts and tests can rely on `code`, never on the wording.
 */
export abstract class StagexError<Code extends string = string> extends Error {
  readonly code: Code
  readonly kind: ErrorKind
  readonly where: string | undefined
  readonly expected: string | undefined
  readonly found: string | undefined
  readonly hint: string | undefined

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(printable(message), details.cause === undefined ? {} : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.kind = details.kind ?? 'failure'
    this.where = optionalPrintable(details.where)
    this.expected = optionalPrintable(details.expected)
    this.found = optionalPrintable(details.found)
    this.hint = optionalPrintable(details.hint)
  }
}

/** The exit status of a command that ended with `error`. */
export function exitStatus(error: unknown): 1 | 2 | 3 {
  if (!(error instanceof StagexError)) return 1
  const statuses = { failure: 1, usage: 2, trust: 3 } as const
  return statuses[error.kind]
}

/**
 * Makes text that may come from an attacker (file names, archive members, server answers) safe for a
 * terminal: control characters but newline and tab, and bidirectional overrides, become `\u{…}`.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    escape
  )
}

function escape(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`
}

function optionalPrintable(text: string | undefined): string | undefined {
  return text === undefined ? undefined : printable(text)
}
