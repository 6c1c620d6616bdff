import { type ByteString, bytesOfText } from '../base/byte-string.js'
import { ContainerfileError } from './containerfile-error.js'
import { compilePattern, type PathTest } from './match/ignore-pattern.js'
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
  readonly test: PathTest
}

/** Directories whose results are remembered; a walk asks for the same parents again and again. */
const MAX_REMEMBERED = 10_000

/**
 * Decides which paths a list of patterns leaves out, with the rules of moby's patternmatcher: later
 * patterns win, `!` takes back, and what matches a folder matches everything below it.
 */
export class PathMatcher {
  /** Whether a pattern begins with `!`: only then can something below a matched folder be left in. */
  readonly hasExceptions: boolean
  readonly #rules: readonly Rule[]
  readonly #folders = new Map<ByteString, Uint8Array>()

  /** @throws {ContainerfileError} `containerfile/bad-pattern` */
  constructor(patterns: readonly IgnorePattern[]) {
    this.#rules = patterns.map(compileRule)
    this.hasExceptions = this.#rules.some((rule) => rule.exception)
  }

  /** Whether `path` (relative, clean, with slashes) is matched and not taken back. */
  matches(path: ByteString): boolean {
    let matched = false
    this.#results(path).forEach((result, index) => {
      if (result === 1) matched = this.#rules[index]?.exception === false
    })
    return matched
  }

  /** For each rule whether it matched the path or a folder above it. */
  #results(path: ByteString): Uint8Array {
    const slash = path.lastIndexOf('/')
    const above = slash < 0 ? undefined : this.#folderResults(path.slice(0, slash))
    const results = new Uint8Array(this.#rules.length)
    let matched = false
    this.#rules.forEach((rule, index) => {
      const inherited = above?.[index] === 1
      // A rule that could change nothing is not asked, and so does not count for what lies below.
      if (!inherited && (rule.exception !== matched || !rule.test(path))) return
      results[index] = 1
      matched = !rule.exception
    })
    return results
  }

  #folderResults(folder: ByteString): Uint8Array {
    const known = this.#folders.get(folder)
    if (known !== undefined) return known
    const results = this.#results(folder)
    if (this.#folders.size >= MAX_REMEMBERED) this.#folders.clear()
    this.#folders.set(folder, results)
    return results
  }
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
