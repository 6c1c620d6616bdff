import { Command, CommanderError } from 'commander'
import { exitStatus } from '../base/error.js'
import { nearest } from '../base/suggest.js'
import { CliError } from './cli-error.js'
import { type RegisteredCommand, type Status, commandGroups } from './command.js'
import { type CommandContext, type GlobalOptions, type World, contextOf } from './context.js'
import { globalOptions } from './global-options.js'
import { outputTo } from './output.js'
import { printError } from './report.js'

/**
 * Runs one command line to its end, errors included.
 * @param words what follows the program's name
 * @returns the exit status: 0 to 3 as `Status` and `exitStatus` say
 */
export async function runCommandLine(
  words: readonly string[],
  commands: readonly RegisteredCommand[],
  world: World,
  version: string
): Promise<Status | 2> {
  let status: Status = 0
  const program = frame(world, words, version)
  const perform = async (work: (context: CommandContext) => Promise<Status>): Promise<void> => {
    status = await work(contextOf(world, program.opts<GlobalOptions>()))
  }
  for (const command of commands) command.register(program, perform)
  try {
    if (words.length === 0) program.outputHelp()
    else await program.parseAsync([...words], { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const told = error instanceof CommanderError ? usageError(error, words, program) : error
    const shown = world.interruption().aborted ? interrupted(error) : told
    printError(barePrinter(world, words), shown)
    return exitStatus(shown)
  }
}

function frame(world: World, words: readonly string[], version: string): Command {
  const { stdout } = barePrinter(world, words)
  const program = new Command('stagex')
  for (const option of globalOptions()) program.addOption(option)
  return program
    .description('Builds container images from source, the same bytes every time, and checks them.')
    .version(`stagex ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain the command')
    .helpCommand('help [command]', 'explain a command')
    .commandsGroup(`${commandGroups.at(-1) ?? ''}:`)
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => stdout.paint.strong(title) })
    .configureOutput({
      writeOut: (text) => {
        stdout.write(text)
      },
      // Usage errors are thrown, and printed like every other error.
      writeErr: () => undefined,
      getOutHasColors: () => true,
      getOutHelpWidth: () => Math.min(stdout.columns, 100)
    })
    .exitOverride()
}

/** What is known of the wanted output before, or without, a command line that makes sense. */
function barePrinter(
  world: World,
  words: readonly string[]
): Pick<CommandContext, 'json' | 'stdout' | 'stderr' | 'env'> {
  const end = words.indexOf('--')
  const own = end === -1 ? words : words.slice(0, end)
  const color = !own.includes('--no-color')
  return {
    json: own.includes('--json'),
    stdout: outputTo(world.stdout, world.env, color),
    stderr: outputTo(world.stderr, world.env, color),
    env: world.env
  }
}

/** After Ctrl-C whatever work was cut off fails somehow, and how says nothing. */
function interrupted(cause: unknown): CliError {
  return new CliError('cli/interrupted', 'interrupted', { cause })
}

/** Commander's message is `error: …`, with a suggestion in parentheses on a second line. */
function usageError(error: CommanderError, words: readonly string[], program: Command): CliError {
  // What commander would answer with its help has no message.
  if (error.code === 'commander.help') return withoutCommand(program)
  const codes = {
    'commander.unknownCommand': 'cli/unknown-command',
    'commander.unknownOption': 'cli/unknown-option'
  } as const
  const code = Object.entries(codes).find(([theirs]) => theirs === error.code)?.[1]
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n')
  const called = calledCommand(words)
  const help = code === 'cli/unknown-command' || called === undefined ? '' : `${called} `
  return new CliError(code ?? 'cli/bad-usage', message, {
    kind: 'usage',
    hint: suggestion?.replace(/^\(|\)$/g, '') ?? `stagex ${help}--help explains what there is`
  })
}

/** The first word that is neither an option nor the value of one that every command takes. */
function calledCommand(words: readonly string[]): string | undefined {
  const withValue = globalOptions().filter(({ required }) => required)
  const takers = new Set(withValue.flatMap(({ short, long }) => [short, long]))
  return words.find((word, index) => {
    return !word.startsWith('-') && !(index > 0 && takers.has(words[index - 1]))
  })
}

/** Options without a command, or `help` with the name of none. */
function withoutCommand(program: Command): CliError {
  const [, asked] = program.args
  const near = asked === undefined ? undefined : nearest(asked, commandNames(program))
  const details = {
    kind: 'usage',
    hint: near === undefined ? 'stagex --help explains what there is' : `Did you mean ${near}?`
  } as const
  return asked === undefined
    ? new CliError('cli/bad-usage', 'no command was given', details)
    : new CliError('cli/unknown-command', `unknown command '${asked}'`, details)
}

function commandNames(program: Command): string[] {
  return program.commands.map((command) => command.name())
}
