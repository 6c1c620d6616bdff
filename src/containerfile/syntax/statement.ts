import { ContainerfileError } from '../containerfile-error.js'
import type { Heredoc } from '../instruction.js'
import type { RawFlag } from './command.js'
import { splitCommand } from './command.js'
import { Flags, type FlagKind } from './flags.js'
import { heredocMarks, readHeredoc } from './heredoc.js'
import { jsonStrings } from './json-array.js'
import { type LineReader, type Span, spanPosition } from './logical-line.js'

/** An instruction before its arguments are understood. */
export interface Statement {
  /** In upper case. */
  readonly keyword: string
  readonly whole: Span
  readonly flags: readonly RawFlag[]
  readonly rest: Span
  readonly heredocs: readonly Heredoc[]
  readonly escape: '\\' | '`'
}

/** The instructions whose here-documents are read. */
const WITH_HEREDOCS = new Set(['RUN', 'COPY', 'ADD'])

/** Splits a logical line and reads the here-documents that it announces. */
export function readStatement(reader: LineReader, whole: Span, escape: '\\' | '`'): Statement {
  const command = splitCommand(whole, escape)
  const keyword = upperCase(command.keyword.text)
  const announces =
    keyword === 'ONBUILD'
      ? triggerAnnounces(command.rest, escape)
      : announcesIn(keyword, command.rest)
  const marks = announces ? heredocMarks(whole) : []
  const heredocs = marks.map((mark) => readHeredoc(reader, mark, whole))
  return { keyword, whole, flags: command.flags, rest: command.rest, heredocs, escape }
}

/** The instruction inside an ONBUILD. */
export function innerStatement(outer: Statement): Statement {
  const command = splitCommand(outer.rest, outer.escape)
  return {
    keyword: upperCase(command.keyword.text),
    whole: outer.rest,
    flags: command.flags,
    rest: command.rest,
    heredocs: outer.heredocs,
    escape: outer.escape
  }
}

function triggerAnnounces(rest: Span, escape: string): boolean {
  const command = splitCommand(rest, escape)
  return announcesIn(upperCase(command.keyword.text), command.rest)
}

function announcesIn(keyword: string, rest: Span): boolean {
  return WITH_HEREDOCS.has(keyword) && jsonStrings(rest) === undefined
}

/** ASCII only: a keyword with other letters is none. */
function upperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/** The statement's flags, checked against the ones that the instruction takes. */
export function statementFlags(
  statement: Statement,
  known: Readonly<Record<string, FlagKind>> = {}
): Flags {
  return new Flags(statement.keyword, statement.flags, known)
}

/** An instruction that lacks what it cannot do without; the position is the end of what is there. */
export function missingArgument(statement: Statement, expected: string): ContainerfileError {
  return new ContainerfileError(
    'containerfile/missing-argument',
    spanPosition(statement.whole, statement.whole.text.length),
    `${statement.keyword} lacks an argument`,
    { expected }
  )
}
