import { ContainerfileError } from '../containerfile-error.js'
import { didYouMean } from '../suggestion.js'
import type { Instruction, OnbuildInstruction } from '../instruction.js'
import { spanPosition } from './logical-line.js'
import { parseArg, parseAssignments } from './parse-assignments.js'
import { parseCommand, parseRun, parseShell } from './parse-command-line.js'
import { parseCopy } from './parse-copy.js'
import { parseFrom } from './parse-from.js'
import { parseHealthcheck } from './parse-healthcheck.js'
import { parseExpose, parseText, parseVolume } from './parse-simple.js'
import { innerStatement, missingArgument, type Statement, statementFlags } from './statement.js'
import { trimSpace } from './white-space.js'

type Parser = (statement: Statement) => Instruction

const PARSERS: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['ADD', (statement) => parseCopy(statement, 'add')],
  ['ARG', parseArg],
  ['CMD', (statement) => parseCommand(statement, 'cmd')],
  ['COPY', (statement) => parseCopy(statement, 'copy')],
  ['ENTRYPOINT', (statement) => parseCommand(statement, 'entrypoint')],
  ['ENV', (statement) => parseAssignments(statement, 'env')],
  ['EXPOSE', parseExpose],
  ['FROM', parseFrom],
  ['HEALTHCHECK', parseHealthcheck],
  ['LABEL', (statement) => parseAssignments(statement, 'label')],
  ['MAINTAINER', (statement) => parseText(statement, 'maintainer')],
  ['ONBUILD', parseOnbuild],
  ['RUN', parseRun],
  ['SHELL', parseShell],
  ['STOPSIGNAL', (statement) => parseText(statement, 'stopsignal')],
  ['USER', (statement) => parseText(statement, 'user')],
  ['VOLUME', parseVolume],
  ['WORKDIR', (statement) => parseText(statement, 'workdir')]
])

/** Understands one instruction. */
export function parseInstruction(statement: Statement): Instruction {
  const parser = PARSERS.get(statement.keyword)
  if (parser !== undefined) return parser(statement)
  const written = /^\S*/.exec(trimSpace(statement.whole.text))?.[0] ?? ''
  throw new ContainerfileError(
    'containerfile/unknown-instruction',
    spanPosition(statement.whole),
    `there is no instruction ${written}`,
    {
      expected: 'an instruction',
      found: written,
      hint: didYouMean(statement.keyword, PARSERS.keys())
    }
  )
}

const NO_TRIGGERS = ['ONBUILD', 'MAINTAINER', 'FROM']

/** `ONBUILD INSTRUCTION`: checked now, recorded as text, executed in builds FROM this image. */
function parseOnbuild(statement: Statement): OnbuildInstruction {
  statementFlags(statement)
  if (statement.rest.text === '') throw missingArgument(statement, 'ONBUILD INSTRUCTION')
  const inner = innerStatement(statement)
  if (NO_TRIGGERS.includes(inner.keyword)) {
    throw new ContainerfileError(
      'containerfile/bad-trigger',
      spanPosition(inner.whole),
      `${inner.keyword} cannot be triggered by a later build`,
      { found: inner.keyword }
    )
  }
  parseInstruction(inner)
  return {
    kind: 'onbuild',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    trigger: triggerText(statement)
  }
}

/** The line without ONBUILD, and the here-documents as they stood. */
function triggerText(statement: Statement): string {
  const line = statement.whole.text.replace(/^[\t\n\f\r ]*ONBUILD[\t\n\f\r ]*/i, '')
  const heredocs = statement.heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`)
  return line + heredocs.join('')
}
