import { type ByteString, bytesOfText } from '../base/byte-string.js'
import { ContainerfileError } from './containerfile-error.js'
import { compilePattern, type LevelTest } from './match/ignore-pattern.js'
import { Levels } from './match/levels.js'
import type { Position } from './position.js'
import { cleanPath } from './unix-path.js'
import { trimSpace } from './syntax/white-space.js'

/** A pattern of an ignore file, or a value of `COPY --exclude`. */
export interface IgnorePattern {
  readonly text: string
  readonly position: Position
}

/**
 * The patterns of a `.dockerignore` file, brought to the form that they have relative to the context.
 * Lines that begin with `#` and empty lines are left out.
 */
export function parseIgnoreFile(text: string, fileName: string): IgnorePattern[] {
  const lines = text.replace(/^\ufeff/, '').split('\n')
  return lines.flatMap((line, index) => {
    const written = trimSpace(line)
    if (line.startsWith('#') || written === '') return []
    const position = { file: fileName, line: index + 1, column: line.indexOf(written) + 1 }
    return [{ text: relativePattern(written), position }]
  })
}

/** A slash at the beginning means the context itself, and so nothing. */
function relativePattern(written: string): string {
  const exception = written.startsWith('!')
  const path = exception ? trimSpace(written.slice(1)) : written
  const cleaned = path === '' ? '' : cleanPath(path)
  const relative = cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned
  return exception ? `!${relative}` : relative
}

interface Rule {
  /** Whether it takes back what earlier rules matched (`!`). */
  readonly exception: boolean
  readonly test: LevelTest
}

/**
 * Decides which paths a list of patterns leaves out, with the rules of moby's patternmatcher: later
 * patterns win, `!` takes back, and what matches a folder matches everything below it.
 */
export class PathMatcher {
  /** Whether a pattern begins with `!`: only then can something below a matched folder be left in. */
  readonly hasExceptions: boolean
  readonly #rules: readonly Rule[]

  /** @throws {ContainerfileError} `containerfile/bad-pattern` */
  constructor(patterns: readonly IgnorePattern[]) {
    this.#rules = patterns.map(compileRule)
    this.hasExceptions = this.#rules.some((rule) => rule.exception)
  }

  /** Whether `path` (relative, clean, with slashes) is matched and not taken back. */
  matches(path: ByteString): boolean {
    const levels = new Levels(path)
    const own = new Map<Rule, Uint8Array>()
    const inherited = new Set<Rule>()
    let matched = false
    for (let level = 0; level < levels.ends.length; level++) {
      matched = false
      for (const rule of this.#rules) {
        if (!inherited.has(rule)) {
          // A rule that could change nothing is not asked, and so does not count for what lies below.
          if (rule.exception !== matched || ownResult(rule, levels, own)[level] !== 1) continue
          inherited.add(rule)
        }
        matched = !rule.exception
      }
    }
    return matched
  }
}

function ownResult(rule: Rule, levels: Levels, known: Map<Rule, Uint8Array>): Uint8Array {
  const result = known.get(rule) ?? rule.test(levels)
  known.set(rule, result)
  return result
}

function compileRule(pattern: IgnorePattern): Rule {
  const trimmed = trimSpace(pattern.text)
  const cleaned = trimmed === '' ? '' : cleanPath(trimmed)
  const exception = cleaned.startsWith('!')
  const path = exception ? cleaned.slice(1) : cleaned
  const test = path === '' ? undefined : compilePattern(bytesOfText(path))
  if (test !== undefined) return { exception, test }
  throw new ContainerfileError(
    'containerfile/bad-pattern',
    pattern.position,
    `${pattern.text} is no valid pattern`,
    {
      expected:
        'a path with *, **, ?, [a-z] and \\ before a special character, after an optional !',
      found: pattern.text
    }
  )
}
