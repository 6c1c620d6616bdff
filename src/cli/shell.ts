import { isatty } from 'node:tty'
import type { ImageResult } from '../build/build-tree.js'
import type { ShellRequest } from '../build/plan/image-request.js'
import type { BuildEvent } from '../build/worker/messages.js'
import { prepare } from './build.js'
import { placesOf } from './build/places.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { wholeNumber } from './option.js'
import { systemClock } from './system-clock.js'

/** `stagex shell` */
export const shellCommand = declareCommand({
  name: 'shell',
  group: 'Look',
  summary: 'Open a shell in the file system of a step',
  arguments: '<name> [command...]',
  details: `
Builds an image until a RUN fails, and opens a shell in what that step has left: its files, its environment, its
sandbox. With --at, the shell is opened before the step of that number (as stagex log counts them), in what the step
will find. What is written in it is dropped when it is closed. The image has to hold a shell; another program of it
can be named after the image; the command fails where that program does.`,
  examples: [
    ['shell zlib', 'where its build fails'],
    ['shell zlib --at 4', 'before its fourth step'],
    ['shell zlib --at 4 -- /bin/ls -l /', 'another program of the image']
  ],
  options: { at: wholeNumber('--at <step>', 'open it before this step, which must be a RUN') },
  run: async (context, [name = '', ...command], { at }) => {
    const { oneImage } = await import('./one-image.js')
    const { name: image } = await oneImage(context.root, name)
    const argv = command.length === 0 ? ['/bin/sh'] : command
    const shell = { image, argv, ...(at !== undefined && { step: at }), ...terminalOf(context) }
    const seen = new SeenSteps(image)
    const results = await buildWithShell(context, shell, seen)
    if (seen.opened) {
      refuseFailedProgram(command, seen)
      return 0
    }
    if (at === undefined || !seen.otherSteps.has(at)) await refuseOtherFailures(results)
    throw noShell(at, seen)
  }
})

/** What a build told of the steps in which a shell may be opened. */
class SeenSteps {
  /** Those that are no RUN. */
  readonly otherSteps = new Set<number>()
  readonly runs: string[] = []
  opened = false
  /** How the shell ended. */
  status = 0
  readonly #image: string

  constructor(image: string) {
    this.#image = image
  }

  event(event: BuildEvent): void {
    if (!('image' in event) || event.image !== this.#image) return
    if (event.event === 'shell-opened') this.opened = true
    if (event.event === 'shell-closed') this.status = event.status
    if (event.event !== 'step-started') return
    if (!event.text.startsWith('RUN ')) this.otherSteps.add(event.step)
    else this.runs.push(`${event.step}: ${event.text.split('\n')[0]?.slice(0, 100) ?? ''}`)
  }
}

function terminalOf({ env }: CommandContext): Pick<ShellRequest, 'terminal'> {
  return isatty(0) ? { terminal: env['TERM'] ?? 'linux' } : {}
}

async function buildWithShell(
  context: CommandContext,
  shell: ShellRequest,
  seen: SeenSteps
): Promise<readonly ImageResult[]> {
  const { buildTree } = await import('../build/build-tree.js')
  // A failure is what the person came for, or what the command ends with: it is not shown here.
  const show = (event: BuildEvent): void => {
    seen.event(event)
    if (event.event === 'shell-opened') announce(context, event.step, shell)
  }
  return buildTree({
    ...placesOf(context),
    selection: { names: [shell.image] },
    // One after the other, so that steps have the same numbers every time.
    options: { jobs: 1, useCache: true, shell },
    env: context.env,
    identity: 'own',
    signal: context.interruption(),
    listener: show,
    clock: systemClock,
    onFetch: () => undefined,
    planned: (plan) => prepare(context, plan)
  })
}

function announce(context: CommandContext, step: number, shell: ShellRequest): void {
  const where =
    shell.step === undefined ? `after step ${step}, which failed` : `before step ${step}`
  context.stderr.write(`${shell.image}, ${where}; nothing that is written here is kept\n`)
}

/** What the last command of an interactive shell came to is nobody's business; a named program was asked for. */
function refuseFailedProgram([program, ...words]: readonly string[], { status }: SeenSteps): void {
  if (program === undefined || status === 0) return
  throw new CliError('cli/program-failed', `${program} failed`, {
    expected: `status 0 from ${[program, ...words].join(' ')}`,
    found: `status ${status}`
  })
}

async function refuseOtherFailures(results: readonly ImageResult[]): Promise<void> {
  const { failureOf } = await import('./build-summary.js')
  const failure = failureOf(results)
  if (failure !== undefined) throw failure
}

function noShell(at: number | undefined, { runs }: SeenSteps): CliError {
  const asked = at === undefined ? 'no step of it fails' : `step ${at} is no RUN`
  return new CliError('cli/no-such-step', `there is no step to open a shell in: ${asked}`, {
    kind: 'usage',
    expected: runs.length === 0 ? 'an image with a RUN' : `--at with one of\n${runs.join('\n')}`
  })
}
