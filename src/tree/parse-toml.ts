import { parse, TomlError } from 'smol-toml'
import { hasDate, impossibleDate } from './toml-dates.js'
import { type PackageFile } from './locate-findings.js'
import type { Problem } from './problem.js'
import type { TomlDocument } from './toml-document.js'
import { positionAt } from './toml-positions.js'

/** A document, or the one reason why there is none: after a syntax error nothing else can be told. */
export type TomlResult =
  { readonly document: TomlDocument } | { readonly document?: never; readonly problem: Problem }

/**
 * Parses TOML 1.0 text. Stricter than TOML in two places: a byte order mark and carriage returns are
 * problems, because an editor or a checkout that adds them changes the files beside this one, too.
 */
export function parseToml(file: PackageFile): TomlResult {
  const trap = encodingTrap(file)
  if (trap !== undefined) return { problem: trap }
  try {
    const document = parse(file.text, { maxDepth: 32 }) as TomlDocument
    const mayDate = /\d\d[-:]\d\d/.test(file.text) && hasDate(document)
    const date = mayDate ? impossibleDate(file.text) : undefined
    return date === undefined ? { document } : { problem: badDate(file, date) }
  } catch (error) {
    return { problem: syntaxProblem(file, error) }
  }
}

function encodingTrap(file: PackageFile): Problem | undefined {
  if (file.text.startsWith('\ufeff')) {
    return problemAt(file, 0, {
      code: 'tree/byte-order-mark',
      message: 'the file begins with a byte order mark',
      hint: 'save it as UTF-8 without one'
    })
  }
  const offset = file.text.indexOf('\r')
  if (offset < 0) return undefined
  return problemAt(file, offset, {
    code: 'tree/carriage-return',
    message: 'the line ends with a carriage return',
    expected: 'lines that end with a newline alone',
    hint: 'turn off `core.autocrlf` in git and check the tree out again'
  })
}

function badDate(file: PackageFile, date: { text: string; offset: number }): Problem {
  return problemAt(file, date.offset, {
    code: 'tree/bad-date',
    message: 'there is no such date or time',
    expected: 'a date of the calendar (RFC 3339)',
    found: date.text
  })
}

function syntaxProblem(file: PackageFile, error: unknown): Problem {
  const common = { package: file.package, file: file.file, severity: 'error' } as const
  if (!(error instanceof TomlError)) {
    return { ...common, code: 'tree/syntax', message: `not readable as TOML: ${String(error)}` }
  }
  // The library's message goes on with an excerpt of the file; the position says where to look.
  const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')
  const position = { line: error.line, column: error.column }
  return { ...common, code: 'tree/syntax', message: `not TOML: ${reason ?? ''}`, position }
}

function problemAt(
  file: PackageFile,
  offset: number,
  told: Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint'>
): Problem {
  const position = positionAt(file.text, offset)
  return { ...told, severity: 'error', package: file.package, file: file.file, position }
}
