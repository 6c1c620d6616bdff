import { ContainerfileError } from '../containerfile-error.js'
import { didYouMean } from '../suggestion.js'
import { parseDuration } from '../duration.js'
import type { Healthcheck, HealthcheckInstruction, Word } from '../instruction.js'
import type { Flags } from './flags.js'
import { type Span, spanPosition, subSpan } from './logical-line.js'
import { commandLine } from './parse-command-line.js'
import { missingArgument, type Statement, statementFlags } from './statement.js'
import { isSpace, skipSpace, trimSpace } from './white-space.js'

/** `HEALTHCHECK [FLAGS] CMD command` or `HEALTHCHECK NONE` */
export function parseHealthcheck(statement: Statement): HealthcheckInstruction {
  const flags = statementFlags(statement, {
    interval: 'once',
    timeout: 'once',
    'start-period': 'once',
    'start-interval': 'once',
    retries: 'once'
  })
  const { type, rest } = splitType(statement)
  return {
    kind: 'healthcheck',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    healthcheck: type === 'NONE' ? noHealthcheck(rest) : healthcheck(statement, flags, type, rest)
  }
}

function splitType(statement: Statement): { type: string; rest: Span } {
  const { rest } = statement
  let end = 0
  while (end < rest.text.length && !isSpace(rest.text, end)) end++
  if (end === 0) throw missingArgument(statement, 'HEALTHCHECK CMD command, or HEALTHCHECK NONE')
  const type = rest.text.slice(0, end).toUpperCase()
  return { type, rest: subSpan(rest, skipSpace(rest.text, end)) }
}

function noHealthcheck(rest: Span): Healthcheck {
  if (rest.text !== '') {
    throw new ContainerfileError(
      'containerfile/too-many-arguments',
      spanPosition(rest),
      'HEALTHCHECK NONE takes no arguments',
      { found: rest.text }
    )
  }
  return {
    test: ['NONE'],
    interval: 0,
    timeout: 0,
    startPeriod: 0,
    startInterval: 0,
    retries: 0
  }
}

function healthcheck(statement: Statement, flags: Flags, type: string, rest: Span): Healthcheck {
  if (type !== 'CMD') throw unknownType(statement, type)
  const command = commandLine(rest)
  if (command.words.length === 0) throw missingArgument(statement, 'HEALTHCHECK CMD command')
  return {
    test: [command.form === 'exec' ? 'CMD' : 'CMD-SHELL', ...command.words],
    interval: interval(flags.one('interval')),
    timeout: interval(flags.one('timeout')),
    startPeriod: interval(flags.one('start-period')),
    startInterval: interval(flags.one('start-interval')),
    retries: retries(flags.one('retries'))
  }
}

function unknownType(statement: Statement, type: string): ContainerfileError {
  return new ContainerfileError(
    'containerfile/bad-argument',
    spanPosition(statement.rest),
    `there is no health check of type ${type}`,
    {
      expected: 'CMD or NONE',
      found: type,
      hint: didYouMean(type, ['CMD', 'NONE'])
    }
  )
}

const MILLISECOND = 1_000_000

function interval(word: Word | undefined): number {
  if (word === undefined || word.text === '') return 0
  const nanoseconds = parseDuration(word.text)
  if (nanoseconds === 0 || (nanoseconds !== undefined && nanoseconds >= MILLISECOND)) {
    return nanoseconds
  }
  throw new ContainerfileError(
    'containerfile/bad-flag',
    word.position,
    `${word.text} is no duration for a health check`,
    { expected: '0, or at least 1ms and less than 100 days, as 1m30s', found: word.text }
  )
}

function retries(word: Word | undefined): number {
  if (word === undefined || word.text === '') return 0
  const count = /^\+?\d{1,10}$/.test(word.text) ? Number(word.text) : Infinity
  if (count < 2 ** 31) return count
  throw new ContainerfileError(
    'containerfile/bad-flag',
    word.position,
    `${word.text} is no number of retries`,
    { expected: 'a whole number, 0 or more', found: word.text }
  )
}
