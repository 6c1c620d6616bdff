import { ContainerfileError } from '../containerfile-error.js'
import type { Directive } from '../instruction.js'
import type { Position } from '../position.js'
import { skipSpace } from './white-space.js'

/** Reads the directives that may stand at the top of a file, before anything else. */
export class DirectiveReader {
  readonly directives: Directive[] = []
  escape: '\\' | '`' = '\\'
  #done = false

  /** Takes the file's next line (without its end); once one is no directive, later ones are comments. */
  offer(line: string, position: Position): void {
    if (this.#done) return
    const directive = parseDirective(line, position)
    if (directive === undefined) {
      this.#done = true
      return
    }
    this.#refuseRepetition(directive)
    this.directives.push(directive)
    if (directive.name === 'escape') this.escape = escapeCharacter(directive)
    if (directive.name === 'syntax') checkSyntax(directive)
    if (directive.name === 'check') checkLintOptions(directive)
  }

  #refuseRepetition(directive: Directive): void {
    if (!this.directives.some((earlier) => earlier.name === directive.name)) return
    throw new ContainerfileError(
      'containerfile/bad-directive',
      directive.position,
      `the directive ${directive.name} is given twice`,
      { expected: 'each directive at most once' }
    )
  }
}

function parseDirective(line: string, position: Position): Directive | undefined {
  const start = skipSpace(line, 0)
  const match = /^#[\t\n\f\r ]*([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*/.exec(
    line.slice(start)
  )
  const name = match?.[1]?.toLowerCase()
  if (match === null || (name !== 'syntax' && name !== 'escape' && name !== 'check')) {
    return undefined
  }
  const value = withoutTrailingBlanks(line.slice(start + match[0].length))
  if (value === '') return undefined
  return { name, value, position: { ...position, column: start + 1 } }
}

function withoutTrailingBlanks(text: string): string {
  let end = text.length
  while (end > 0 && '\t\n\f\r '.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

function escapeCharacter(directive: Directive): '\\' | '`' {
  if (directive.value === '\\' || directive.value === '`') return directive.value
  throw new ContainerfileError(
    'containerfile/bad-directive',
    directive.position,
    `${directive.value} cannot be the escape character`,
    { expected: 'a backslash or a backtick', found: directive.value }
  )
}

const OWN_SYNTAX =
  /^(?:docker\.io\/)?docker\/dockerfile(?::(?:1(?:\.\d+){0,2}(?:-labs)?|latest|labs))?(?:@sha256:[0-9a-f]{64})?$/

/**
 * The syntax directive names an image with a parser, which a hermetic build cannot run. The published
 * parsers of version 1 are what is implemented here, so naming one of those changes nothing.
 */
function checkSyntax(directive: Directive): void {
  const [reference = ''] = directive.value.split(' ')
  if (OWN_SYNTAX.test(reference)) return
  throw new ContainerfileError(
    'containerfile/unsupported-syntax',
    directive.position,
    `the syntax ${reference} is not built in, and a build fetches no parser`,
    { expected: 'docker/dockerfile:1', found: reference }
  )
}

/** Lint options are checked for their form only: this program's linter is a command of its own. */
function checkLintOptions(directive: Directive): void {
  for (const option of directive.value.split(';')) {
    const name = option.split('=')[0]?.trim() ?? ''
    if (['skip', 'error', 'experimental'].includes(name) && option.includes('=')) continue
    throw new ContainerfileError(
      'containerfile/bad-directive',
      directive.position,
      `${option.trim()} is no check option`,
      { expected: 'skip=…, error=… or experimental=…', found: option.trim() }
    )
  }
}
