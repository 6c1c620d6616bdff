import { nearest } from '../base/suggest.js'
import type { Severity } from './problem.js'
import type { TreeErrorCode } from './tree-error-code.js'

/** A way down into a TOML document: keys, and positions in arrays. */
export type TomlPath = readonly (string | number)[]

/** Something wrong at a path of a document; it becomes a problem once its line and column are known. */
export interface Finding {
  readonly code: TreeErrorCode
  readonly severity: Severity
  readonly path: TomlPath
  /** Whether the key itself is wrong, or its value. */
  readonly at: 'key' | 'value'
  readonly message: string
  readonly expected?: string
  readonly found?: string
  readonly hint?: string
}

/** Receives the findings of a check, which goes on after each. */
export type Report = (finding: Finding) => void

/** A finding that makes the package unusable. */
export function wrong(
  code: TreeErrorCode,
  path: TomlPath,
  message: string,
  details: Partial<Finding> = {}
): Finding {
  return { code, severity: 'error', path, at: 'value', message, ...details }
}

/** A finding that no built byte depends on. */
export function doubtful(
  code: TreeErrorCode,
  path: TomlPath,
  message: string,
  details: Partial<Finding> = {}
): Finding {
  return { ...wrong(code, path, message, details), severity: 'warning' }
}

/** `{ hint: 'did you mean …?' }` where a known word is near, else nothing. */
export function nearHint(word: string, known: Iterable<string>): { hint?: string } {
  const near = nearest(word, known)
  return near === undefined ? {} : { hint: `did you mean \`${near}\`?` }
}

/** A value as a message shows it: short, on one line. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : describe(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (value instanceof Date) return 'a date'
  if (typeof value === 'object') return 'a table'
  return `the ${typeof value} ${JSON.stringify(value)}`
}
