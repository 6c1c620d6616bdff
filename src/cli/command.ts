import type { Command, Option } from 'commander'
import type { CommandContext } from './context.js'
import type { OptionDeclarations, OptionValues } from './option.js'

/** How a command that threw no error ends: 0 all is well, 1 a check did not hold, 3 trust was refused. */
export type Status = 0 | 1 | 3

/**
 * One command. The file that declares it imports only what its declaration needs; `run` imports the rest
 * when it is called, so that `--help` and other commands do not wait for it.
 */
export interface CommandDeclaration<Options extends OptionDeclarations> {
  readonly name: string
  /** The heading under which `stagex --help` lists it. */
  readonly group: CommandGroup
  /** One line, without a full stop. */
  readonly summary: string
  /** Arguments as commander writes them, separated by spaces: `<name>`, `[name...]`. */
  readonly arguments?: string
  /** More than the summary: paragraphs, shown by `stagex NAME --help`. */
  readonly details?: string
  /** Command lines without `stagex`, and what each is for; shown below the options. */
  readonly examples?: readonly (readonly [line: string, purpose: string])[]
  readonly options: Options
  run(
    context: CommandContext,
    args: readonly string[],
    options: OptionValues<Options>
  ): Promise<Status>
}

/** The headings of `stagex --help`, in its order. */
export const commandGroups = [
  'Build',
  'Look',
  'Upkeep',
  'Trust',
  'Publish',
  'This machine'
] as const

type CommandGroup = (typeof commandGroups)[number]

/** Runs a command's work where its context, errors and status are taken care of. */
type Perform = (work: (context: CommandContext) => Promise<Status>) => Promise<void>

/** A command as the program's frame sees it: something that adds itself to the command line. */
export interface RegisteredCommand {
  readonly name: string
  register(program: Command, perform: Perform): void
  shape(): CommandShape
}

/** How a command is called. */
export interface CommandShape {
  readonly name: string
  readonly summary: string
  /** As declared: `<name>`, `[name...]`. */
  readonly arguments: readonly string[]
  readonly options: readonly Option[]
}

/** Makes a command of its declaration, in which the types of `options` follow from their declarations. */
export function declareCommand<Options extends OptionDeclarations>(
  declaration: CommandDeclaration<Options>
): RegisteredCommand {
  return {
    name: declaration.name,
    shape: () => shapeOf(declaration),
    register: (program, perform) => {
      const command = program.command(declaration.name).summary(declaration.summary)
      command.description(sentences(declaration)).helpGroup(`${declaration.group}:`)
      if (declaration.arguments !== undefined) command.arguments(declaration.arguments)
      for (const { option } of Object.values(declaration.options)) command.addOption(option())
      if (declaration.examples) command.addHelpText('after', exampleLines(declaration.examples))
      command.action(() =>
        perform((context) => {
          return declaration.run(context, command.args, valuesOf(declaration.options, command))
        })
      )
    }
  }
}

function shapeOf<Options extends OptionDeclarations>(
  declaration: CommandDeclaration<Options>
): CommandShape {
  const { name, summary, options, arguments: written } = declaration
  return {
    name,
    summary,
    arguments: written === undefined ? [] : written.split(' '),
    options: Object.values(options).map(({ option }) => option())
  }
}

function sentences({ summary, details }: { summary: string; details?: string }): string {
  if (details === undefined) return `${summary}.`
  // The lines of a paragraph are one line to commander, which wraps it for the terminal at hand.
  return `${summary}.\n\n${details.trim().replace(/(?<!\n)\n(?!\n)/g, ' ')}`
}

function exampleLines(examples: readonly (readonly [line: string, purpose: string])[]): string {
  const width = Math.max(...examples.map(([line]) => line.length))
  const lines = examples.map(([line, purpose]) => `  stagex ${line.padEnd(width)}  ${purpose}`)
  return `\nExamples:\n${lines.join('\n')}`
}

function valuesOf<Options extends OptionDeclarations>(
  declarations: Options,
  command: Command
): OptionValues<Options> {
  const stored = command.opts<Record<string, unknown>>()
  const values = Object.entries(declarations).map(([name, { option, valueOf }]) => [
    name,
    valueOf(stored[option().attributeName()])
  ])
  return Object.fromEntries(values) as OptionValues<Options>
}
