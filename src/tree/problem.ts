import { printable } from '../base/error.js'
import type { TreeErrorCode } from './tree-error-code.js'

/**
 * `error`: the package cannot be built as declared; it is left out of the tree. `warning`: what is built
 * does not depend on it; strict loading turns it into an error.
 */
export type Severity = 'error' | 'warning'

/** A place in a file; line and column count from 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** One thing wrong with one file of the tree. */
export interface Problem {
  readonly code: TreeErrorCode
  readonly severity: Severity
  /** `<stage>-<name>` of the package whose file it is. */
  readonly package: string
  /** Path below the tree's root. */
  readonly file: string
  readonly position?: Position
  readonly message: string
  readonly expected?: string
  readonly found?: string
  readonly hint?: string
}

/** `file:line:column`, or the file alone where the problem is the file itself. */
function problemPlace(problem: Problem): string {
  const { file, position } = problem
  return position === undefined ? file : `${file}:${position.line}:${position.column}`
}

/** A problem on one line, safe for a terminal: place, severity, message, expected, found, hint, code. */
export function formatProblem(problem: Problem): string {
  const details = [
    problem.expected === undefined ? [] : [`expected ${problem.expected}`],
    problem.found === undefined ? [] : [`found ${problem.found}`],
    problem.hint === undefined ? [] : [problem.hint]
  ].flat()
  const head = `${problemPlace(problem)}: ${problem.severity}: ${problem.message}`
  return printable(`${[head, ...details].join('; ')} [${problem.code}]`)
}
