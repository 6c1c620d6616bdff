import { ContainerfileError } from '../containerfile-error.js'
import { formatDuration } from '../duration.js'
import { goQuoteList, goQuoteRune } from '../go-quote.js'
import type {
  ArgInstruction,
  Assignment,
  CommandInstruction,
  CommandLine,
  EnvInstruction,
  Healthcheck,
  HealthcheckInstruction,
  LabelInstruction,
  ListInstruction,
  OnbuildInstruction,
  ShellInstruction,
  TextInstruction
} from '../instruction.js'
import type { HealthcheckConfig } from '../step.js'
import { exposedPorts } from './exposed-ports.js'
import type { StageDraft } from './stage-draft.js'
import { isSignal } from './stop-signal.js'
import { cleanPath, nextWorkingDirectory } from '../unix-path.js'

/** All of one line's values are expanded before any is set. */
function expandAll(draft: StageDraft, assignments: readonly Assignment[]): [string, string][] {
  return assignments.map(({ name, value }) => [
    draft.expand(name),
    draft.expandText(value, name.position)
  ])
}

export function resolveEnv(draft: StageDraft, instruction: EnvInstruction): void {
  const pairs = expandAll(draft, instruction.assignments)
  for (const [name, value] of pairs) {
    draft.setVariable(name, value)
    draft.config.setVariable(name, value)
  }
  draft.record(`ENV ${joinPairs(pairs)}`, instruction.position)
}

export function resolveLabel(draft: StageDraft, instruction: LabelInstruction): void {
  const pairs = expandAll(draft, instruction.assignments)
  for (const [name, value] of pairs) draft.config.labels.set(name, value)
  draft.record(`LABEL ${joinPairs(pairs)}`, instruction.position)
}

function joinPairs(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join(' ')
}

/** A build argument beats the default; without either, the global or predefined value counts. */
export function resolveArg(draft: StageDraft, instruction: ArgInstruction): void {
  const shown: string[] = []
  for (const { name, value: written } of instruction.declarations) {
    const value =
      draft.plan.options.buildArgs.get(name.text) ??
      (written === undefined
        ? draft.plan.globalArgs.get(name.text)
        : draft.expandText(written, name.position))
    if (value !== undefined) draft.setVariable(name.text, value)
    draft.args.set(name.text, value ?? '')
    shown.push(value === undefined ? name.text : `${name.text}=${value}`)
  }
  draft.record(`ARG ${shown.join(' ')}`, instruction.position)
}

/** The vector to execute: a command in shell form is one argument of the shell. */
export function shellVector(draft: StageDraft, command: CommandLine): string[] {
  if (command.form === 'exec') return [...command.words]
  const shell = draft.config.plain.shell ?? []
  return [...(shell.length === 0 ? ['/bin/sh', '-c'] : shell), command.words.join(' ')]
}

export function resolveCommand(draft: StageDraft, instruction: CommandInstruction): void {
  const vector = shellVector(draft, instruction.command)
  if (instruction.kind === 'cmd') {
    draft.config.plain.cmd = vector
    draft.config.plain.argsEscaped = true
    draft.hasCmd = true
  } else {
    draft.config.plain.entrypoint = vector
    if (!draft.hasCmd) delete draft.config.plain.cmd
  }
  const keyword = instruction.kind.toUpperCase()
  draft.record(`${keyword} ${goQuoteList(vector)}`, instruction.position)
}

export function resolveShell(draft: StageDraft, instruction: ShellInstruction): void {
  draft.config.plain.shell = instruction.shell
  draft.record(`SHELL [${instruction.shell.join(' ')}]`, instruction.position)
}

export function resolveHealthcheck(draft: StageDraft, instruction: HealthcheckInstruction): void {
  const { healthcheck } = instruction
  draft.config.plain.healthcheck = healthcheckConfig(healthcheck)
  const durations = [
    healthcheck.interval,
    healthcheck.timeout,
    healthcheck.startPeriod,
    healthcheck.startInterval
  ].map((duration) => `"${formatDuration(duration)}"`)
  const fields = [goQuoteList(healthcheck.test), ...durations, goQuoteRune(healthcheck.retries)]
  draft.record(`HEALTHCHECK &{${fields.join(' ')}}`, instruction.position)
}

function healthcheckConfig(healthcheck: Healthcheck): HealthcheckConfig {
  const { test, interval, timeout, startPeriod, startInterval, retries } = healthcheck
  return {
    test,
    ...(interval === 0 ? {} : { interval }),
    ...(timeout === 0 ? {} : { timeout }),
    ...(startPeriod === 0 ? {} : { startPeriod }),
    ...(startInterval === 0 ? {} : { startInterval }),
    ...(retries === 0 ? {} : { retries })
  }
}

/** EXPOSE and VOLUME. */
export function resolveList(draft: StageDraft, instruction: ListInstruction): void {
  if (instruction.kind === 'expose') resolveExpose(draft, instruction)
  else resolveVolume(draft, instruction)
}

/** What a port counts in the budget, in characters: a short range makes many of them. */
const PORT_COST = 64

function resolveExpose(draft: StageDraft, instruction: ListInstruction): void {
  const ports = instruction.words.flatMap((word) =>
    draft.expandToWords(word).flatMap((text) => exposedPorts({ ...word, text }))
  )
  draft.spend(PORT_COST * ports.length, instruction.position)
  for (const port of ports) draft.config.exposedPorts.add(port)
  draft.record(`EXPOSE [${ports.join(' ')}]`, instruction.position)
}

function resolveVolume(draft: StageDraft, instruction: ListInstruction): void {
  const volumes = instruction.words.map((word) => {
    const volume = draft.expand(word)
    if (volume !== '') return volume
    throw new ContainerfileError(
      'containerfile/bad-argument',
      word.position,
      'a volume needs a path',
      { expected: 'a path', found: `${word.text}, which is empty` }
    )
  })
  for (const volume of volumes) draft.config.volumes.add(volume)
  draft.record(`VOLUME [${volumes.join(' ')}]`, instruction.position)
}

/** USER, STOPSIGNAL, MAINTAINER and WORKDIR. */
export function resolveText(draft: StageDraft, instruction: TextInstruction): void {
  const { argument, position } = instruction
  switch (instruction.kind) {
    case 'maintainer':
      draft.author = argument.text
      draft.record(`MAINTAINER ${argument.text}`, position)
      break
    case 'user':
      draft.config.plain.user = draft.expand(argument)
      draft.record(`USER ${draft.config.plain.user}`, position)
      break
    case 'stopsignal':
      draft.config.plain.stopSignal = stopSignal(draft, instruction)
      draft.record(`STOPSIGNAL ${draft.config.plain.stopSignal}`, position)
      break
    case 'workdir':
      resolveWorkdir(draft, instruction)
      break
  }
}

/** Every WORKDIR but `/` makes a layer, even when the directory is there already. */
function resolveWorkdir(draft: StageDraft, instruction: TextInstruction): void {
  const { plain } = draft.config
  const path = draft.expand(instruction.argument)
  const directory = nextWorkingDirectory(plain.workingDir ?? '', path)
  const createdBy = `WORKDIR ${directory}`
  plain.workingDir = directory
  if (directory === '/') draft.record(createdBy, instruction.position)
  else {
    draft.addStep({
      kind: 'workdir',
      path: cleanPath(directory),
      user: plain.user ?? '',
      createdBy,
      position: instruction.position
    })
  }
}

function stopSignal(draft: StageDraft, instruction: TextInstruction): string {
  const signal = draft.expand(instruction.argument)
  if (isSignal(signal)) return signal
  throw new ContainerfileError(
    'containerfile/bad-argument',
    instruction.argument.position,
    `${signal} is no signal`,
    { expected: 'a number, or a name as SIGTERM', found: signal }
  )
}

export function resolveOnbuild(draft: StageDraft, instruction: OnbuildInstruction): void {
  draft.config.onBuild.push(instruction.trigger)
}
