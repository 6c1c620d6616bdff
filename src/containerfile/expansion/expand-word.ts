import { ContainerfileError, type ContainerfileErrorCode } from '../containerfile-error.js'
import type { Position } from '../position.js'
import { type Expanded, type LexerOptions, type Lookup, expand } from './lexer.js'
import { SubstitutionError } from './substitution-error.js'

const CODES: Readonly<Record<SubstitutionError['reason'], ContainerfileErrorCode>> = {
  bad: 'containerfile/bad-substitution',
  required: 'containerfile/variable-required',
  quote: 'containerfile/unterminated-quote',
  large: 'containerfile/expansion-too-large'
}

/**
 * Expands a word that stands at `position`.
 *
 * @throws {ContainerfileError} `bad-substitution`, `variable-required`, `unterminated-quote`,
 *   `expansion-too-large`
 */
export function expandAt(
  word: string,
  lookup: Lookup,
  escape: string,
  position: Position,
  options: LexerOptions = {}
): Expanded {
  try {
    return expand(word, lookup, escape, options)
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error
    throw new ContainerfileError(CODES[error.reason], position, error.message, {
      found: error.found === '' ? undefined : error.found
    })
  }
}
