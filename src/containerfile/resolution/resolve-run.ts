import { ContainerfileError } from '../containerfile-error.js'
import type { CommandLine, RunInstruction } from '../instruction.js'
import type { InlineFile } from '../step.js'
import { heredocMarkOrWord, heredocText } from '../syntax/heredoc.js'
import { shellVector } from './resolve-metadata.js'
import { resolveMounts } from './resolve-mounts.js'
import type { StageDraft } from './stage-draft.js'
import { cleanPath } from '../unix-path.js'

/** Where a here-document that is a script of its own is mounted. */
const PIPES = '/dev/pipes'

/** RUN. */
export function resolveRun(draft: StageDraft, instruction: RunInstruction): void {
  const { position } = instruction
  const { command, pipeFiles } = withHeredocs(instruction)
  const argv = shellVector(draft, command)
  draft.addStep({
    kind: 'run',
    argv,
    env: draft.environmentEntries(position),
    proxyEnv: proxyVariables(draft.plan.options.buildArgs),
    cwd: cleanPath(draft.config.plain.workingDir ?? '/'),
    user: draft.config.plain.user ?? '',
    network: instruction.network,
    mounts: resolveMounts(draft, instruction),
    pipeFiles,
    createdBy: `RUN ${argumentsPrefix(draft)}${argv.join(' ')} # buildkit`,
    position
  })
}

/**
 * A here-document that is the whole command is the script itself; one that begins with `#!` is a file to
 * execute. Beside other words, the shell gets the lines back as they stood.
 */
function withHeredocs(instruction: RunInstruction): {
  command: CommandLine
  pipeFiles: readonly InlineFile[]
} {
  const { command, heredocs } = instruction
  const [first] = heredocs
  const [line] = command.words
  if (first === undefined || line === undefined) return { command, pipeFiles: [] }
  if (heredocMarkOrWord(line) === undefined) {
    const lines = heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`)
    return { command: { form: 'shell', words: [line + lines.join('')] }, pipeFiles: [] }
  }
  const content = heredocText(first)
  if (!first.content.startsWith('#!')) {
    return { command: { form: 'shell', words: [content] }, pipeFiles: [] }
  }
  return {
    command: { form: 'shell', words: [cleanPath(`${PIPES}/${first.name}`)] },
    pipeFiles: [{ name: pipeName(first.name, instruction), content }]
  }
}

/** The name comes from the file: it must not lead out of the directory that it is mounted in. */
function pipeName(name: string, instruction: RunInstruction): string {
  if (!name.includes('/') && name !== '.' && name !== '..') return name
  throw new ContainerfileError(
    'containerfile/bad-heredoc',
    instruction.position,
    `the script's name ${name} is no file name`,
    { expected: 'a name without slashes', found: name }
  )
}

/** `|N NAME=VALUE… `: the ARGs in scope, with the values that the command sees. */
function argumentsPrefix(draft: StageDraft): string {
  const { args } = draft
  if (args.size === 0) return ''
  const values = Array.from(args, ([name, value]) => `${name}=${draft.lookup(name) ?? value}`)
  return `|${args.size} ${values.join(' ')} `
}

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY']

/** Each proxy variable in both cases. */
function proxyVariables(buildArgs: ReadonlyMap<string, string>): string[] {
  const given = [...buildArgs]
  return PROXIES.flatMap((name) => {
    const value = given.findLast(([key]) => key.toUpperCase() === name)?.[1] ?? ''
    return value === '' ? [] : [`${name}=${value}`, `${name.toLowerCase()}=${value}`]
  })
}
