import { ContainerfileError } from '../containerfile-error.js'
import { didYouMean } from '../suggestion.js'
import type {
  CommandInstruction,
  CommandLine,
  RunInstruction,
  ShellInstruction,
  Word
} from '../instruction.js'
import { jsonStrings } from './json-array.js'
import { type Span, spanPosition } from './logical-line.js'
import { parseMountFlag } from './parse-mount-flag.js'
import { missingArgument, type Statement, statementFlags } from './statement.js'
import { trimSpace } from './white-space.js'

/** RUN with its flags; a command and here-documents may both be there. */
export function parseRun(statement: Statement): RunInstruction {
  const flags = statementFlags(statement, {
    mount: 'many',
    network: 'once',
    security: 'once',
    device: 'many'
  })
  refuseSecurity(flags.one('security'))
  refuseDevice(flags.many('device')[0])
  return {
    kind: 'run',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    command: commandLine(statement.rest),
    heredocs: statement.heredocs,
    network: network(flags.one('network')),
    mounts: flags.many('mount').map(parseMountFlag)
  }
}

/** CMD and ENTRYPOINT. */
export function parseCommand(statement: Statement, kind: 'cmd' | 'entrypoint'): CommandInstruction {
  statementFlags(statement)
  return {
    kind,
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    command: commandLine(statement.rest)
  }
}

/** `SHELL ["program", "argument", …]` */
export function parseShell(statement: Statement): ShellInstruction {
  statementFlags(statement)
  const shell = jsonStrings(statement.rest)
  if (statement.rest.text === '' || shell?.length === 0) {
    throw missingArgument(statement, 'SHELL ["program", "argument", …]')
  }
  if (shell === undefined) {
    throw new ContainerfileError(
      'containerfile/bad-json',
      spanPosition(statement.rest),
      'SHELL takes the JSON form only',
      { expected: '["program", "argument", …]', found: statement.rest.text }
    )
  }
  return {
    kind: 'shell',
    position: spanPosition(statement.whole),
    source: trimSpace(statement.whole.text),
    shell
  }
}

/** A command in exec form where the text is a JSON array, else in shell form. */
export function commandLine(rest: Span): CommandLine {
  const json = jsonStrings(rest)
  if (json !== undefined) return { form: 'exec', words: json }
  return { form: 'shell', words: rest.text === '' ? [] : [rest.text] }
}

const NETWORKS = ['default', 'none', 'host'] as const

function network(word: Word | undefined): 'default' | 'none' | 'host' {
  if (word === undefined) return 'default'
  const known = NETWORKS.find((each) => each === word.text)
  if (known !== undefined) return known
  throw new ContainerfileError(
    'containerfile/bad-flag',
    word.position,
    `there is no network ${word.text}`,
    {
      expected: NETWORKS.join(', '),
      found: word.text,
      hint: didYouMean(word.text, NETWORKS)
    }
  )
}

function refuseSecurity(word: Word | undefined): void {
  if (word === undefined || word.text === 'sandbox') return
  const insecure = word.text === 'insecure'
  throw new ContainerfileError(
    insecure ? 'containerfile/not-hermetic' : 'containerfile/bad-flag',
    word.position,
    insecure
      ? 'a step outside the sandbox could read and change the machine that builds'
      : `there is no security mode ${word.text}`,
    { expected: 'sandbox', found: word.text }
  )
}

function refuseDevice(word: Word | undefined): void {
  if (word === undefined) return
  throw new ContainerfileError(
    'containerfile/not-hermetic',
    word.position,
    'a device of the machine that builds cannot be an input: another machine would build something else',
    { found: word.text }
  )
}
