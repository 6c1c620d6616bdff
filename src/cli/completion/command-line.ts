import type { Option } from 'commander'
import type { CommandShape } from '../command.js'

/** What the word under the cursor may be. */
export type Wanted =
  | { readonly kind: 'command' }
  | { readonly kind: 'option'; readonly options: readonly Option[] }
  | {
      readonly kind: 'value'
      /** What the value is called in the help: `name`, `folder`, `revision`. */
      readonly of: string
      readonly choices?: readonly string[]
      /** Values of the same argument that stand there already. */
      readonly given: readonly string[]
    }
  | { readonly kind: 'nothing' }

/** A command line up to the cursor. */
export interface OpenLine {
  /** The part of the last word that is before the cursor and that a candidate begins with. */
  readonly current: string
  /** What stands before the candidate in the same word: `--format=`. */
  readonly lead: string
  readonly wanted: Wanted
  /** Whose tree is meant, where `--root` says so. */
  readonly root?: string
}

/**
 * Finds what can stand at the end of a command line.
 * @param words what follows the program's name, the last one being the word under the cursor
 */
export function readOpenLine(
  words: readonly string[],
  commands: readonly CommandShape[],
  globals: readonly Option[]
): OpenLine {
  const line = new LineReader(commands, globals)
  for (const word of words.slice(0, -1)) line.pass(word)
  const last = words.at(-1) ?? ''
  const [, name = '', value] = /^(--[a-z-]+)=(.*)$/s.exec(last) ?? []
  const split = value !== undefined && line.readsOptions
  if (split) line.pass(name)
  const current = split ? value : last
  const root = line.root
  return {
    current,
    lead: split ? `${name}=` : '',
    wanted: line.wanted(current),
    ...(root !== undefined && { root })
  }
}

class LineReader {
  readonly #commands: readonly CommandShape[]
  readonly #globals: readonly Option[]
  #command: CommandShape | undefined
  readonly #arguments: string[] = []
  /** The option whose value comes next. */
  #open: Option | undefined
  #isHelp = false
  #optionsEnded = false
  root: string | undefined

  constructor(commands: readonly CommandShape[], globals: readonly Option[]) {
    this.#commands = commands
    this.#globals = globals
  }

  get readsOptions(): boolean {
    return !this.#optionsEnded && this.#open === undefined
  }

  /** Takes a word that stands before the cursor. */
  pass(word: string): void {
    // Bash makes three words of `--name=value`.
    if (word === '=' && this.#open !== undefined) return
    if (this.#open !== undefined) this.#value(this.#open, word)
    else if (word === '--') this.#optionsEnded = true
    else if (word.startsWith('-') && !this.#optionsEnded) this.#option(word)
    else if (this.#command !== undefined) this.#arguments.push(word)
    else if (word === 'help') this.#isHelp = true
    else this.#command = this.#commands.find(({ name }) => name === word)
  }

  wanted(current: string): Wanted {
    if (this.#open !== undefined) return optionValue(this.#open)
    const isOption = current.startsWith('-') && !this.#optionsEnded
    if (isOption) return { kind: 'option', options: this.#options }
    if (this.#command === undefined || this.#isHelp) return { kind: 'command' }
    return argumentAt(this.#command, this.#arguments)
  }

  get #options(): Option[] {
    const own = this.#command?.options.filter(({ hidden }) => !hidden) ?? []
    return [...own, ...this.#globals]
  }

  #option(word: string): void {
    const [name = '', value] = word.split('=', 2)
    const found = this.#options.find(({ long, short }) => long === name || short === name)
    if (found?.required !== true) return
    if (value === undefined) this.#open = found
    else this.#value(found, value)
  }

  #value(option: Option, value: string): void {
    if (option.long === '--root') this.root = value
    this.#open = undefined
  }
}

function optionValue(option: Option): Wanted {
  const of = /<([^>]+)>/.exec(option.flags)?.[1] ?? ''
  const choices = option.argChoices
  return { kind: 'value', of, given: [], ...(choices !== undefined && { choices }) }
}

function argumentAt(command: CommandShape, given: readonly string[]): Wanted {
  const last = command.arguments.at(-1)
  const variadic = last?.includes('...') === true ? last : undefined
  const argument = command.arguments[given.length] ?? variadic
  if (argument === undefined) return { kind: 'nothing' }
  return { kind: 'value', of: argument.replace(/[[\]<>.]/g, ''), given }
}
