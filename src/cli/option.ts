import { InvalidArgumentError, Option } from 'commander'

/** One option of a command: how it is written, what it is for, and which value a command gets. */
export interface OptionDeclaration<Value> {
  /** A new object each time, since commander keeps state in it. */
  readonly option: () => Option
  /** The command's value for what commander stored (undefined where the option was not given). */
  readonly valueOf: (stored: unknown) => Value
}

/** A command's options by the names its code knows them by. */
export type OptionDeclarations = Readonly<Record<string, OptionDeclaration<unknown>>>

/** What a command with these options gets. */
export type OptionValues<Declarations extends OptionDeclarations> = {
  readonly [Name in keyof Declarations]: ReturnType<Declarations[Name]['valueOf']>
}

/** `--verbose`, or `--no-cache`: true where it was given. */
export function flag(flags: string, about: string): OptionDeclaration<boolean> {
  const option = (): Option => new Option(flags, about)
  // Commander stores false for a given `--no-…`, and true for a given flag of the other kind.
  const given = !option().negate
  return { option, valueOf: (stored) => stored === given }
}

/** An option that only stagex itself gives to another stagex; `--help` does not list it. */
export function hidden<Value>(declaration: OptionDeclaration<Value>): OptionDeclaration<Value> {
  return { ...declaration, option: () => declaration.option().hideHelp() }
}

/** `--platform <name>` */
export function text(flags: string, about: string): OptionDeclaration<string | undefined> {
  return { option: () => new Option(flags, about).argParser(notAnOption), valueOf: asText }
}

/**
 * Takes an option's text as it is, but for what must be the next option after a forgotten text.
 * @throws InvalidArgumentError
 */
export function notAnOption(given: string): string {
  if (!given.startsWith('--')) return given
  throw new InvalidArgumentError('Something is missing before the next option.')
}

/** What fifteen digits can say; every such number is exact in JavaScript. */
const LARGEST_NUMBER = 999_999_999_999_999

/** `--jobs <n>`: a whole number in decimal digits, from `least` to `most`. */
export function wholeNumber(
  flags: string,
  about: string,
  least = 1,
  most = LARGEST_NUMBER
): OptionDeclaration<number | undefined> {
  const range = most === LARGEST_NUMBER ? `of at least ${least}` : `from ${least} to ${most}`
  const parse = (given: string): string => {
    if (/^\d{1,15}$/.test(given) && Number(given) >= least && Number(given) <= most) return given
    throw new InvalidArgumentError(`Expected a whole number ${range}.`)
  }
  return {
    option: () => new Option(flags, about).argParser(parse),
    valueOf: (stored) => (stored === undefined ? undefined : Number(stored))
  }
}

/** `--progress <kind>`: one of `choices`. */
export function choice<const Choice extends string>(
  flags: string,
  about: string,
  choices: readonly Choice[]
): OptionDeclaration<Choice | undefined> {
  return {
    option: () => new Option(flags, about).choices(choices),
    valueOf: (stored) => choices.find((each) => each === stored)
  }
}

/** `--filter <text>`, which may be given several times. */
export function repeated(flags: string, about: string): OptionDeclaration<readonly string[]> {
  const collect = (given: string, earlier: unknown): string[] => {
    return [...asTexts(earlier), notAnOption(given)]
  }
  return { option: () => new Option(flags, about).argParser(collect), valueOf: asTexts }
}

function asText(stored: unknown): string | undefined {
  return typeof stored === 'string' ? stored : undefined
}

function asTexts(stored: unknown): string[] {
  return Array.isArray(stored) ? stored.map(String) : []
}
