import { ContainerfileError } from '../containerfile-error.js'
import { didYouMean } from '../suggestion.js'
import type { Word } from '../instruction.js'
import type { RawFlag } from './command.js'
import { spanPosition } from './logical-line.js'

/** How often a flag may be given, and whether it takes a value. */
export type FlagKind = 'boolean' | 'once' | 'many'

/** The flags of one instruction, checked against what it takes. */
export class Flags {
  readonly #values = new Map<string, Word[]>()

  constructor(
    keyword: string,
    given: readonly RawFlag[],
    known: Readonly<Record<string, FlagKind>>
  ) {
    for (const flag of given) this.#take(keyword, flag, known)
  }

  /** The value of a flag that is given at most once. */
  one(name: string): Word | undefined {
    return this.#values.get(name)?.[0]
  }

  many(name: string): readonly Word[] {
    return this.#values.get(name) ?? []
  }

  /** Whether a boolean flag is on; undefined when it is not given. */
  boolean(name: string): boolean | undefined {
    const value = this.one(name)
    return value === undefined ? undefined : value.text === 'true'
  }

  #take(keyword: string, flag: RawFlag, known: Readonly<Record<string, FlagKind>>): void {
    const equals = flag.text.indexOf('=')
    const name = flag.text.slice(2, equals < 0 ? undefined : equals)
    const kind = Object.hasOwn(known, name) ? known[name] : undefined
    if (kind === undefined) throw unknownFlag(keyword, flag, name, Object.keys(known))
    if (kind !== 'many' && this.#values.has(name)) {
      throw badFlag(flag, `--${name} is given twice`, 'each flag once')
    }
    const written = equals < 0 ? undefined : flag.text.slice(equals + 1)
    const text = kind === 'boolean' ? booleanText(flag, name, written) : written
    if (text === undefined) throw badFlag(flag, `--${name} lacks its value`, `--${name}=…`)
    const values = this.#values.get(name) ?? []
    values.push({ text, position: spanPosition(flag.span) })
    this.#values.set(name, values)
  }
}

function booleanText(flag: RawFlag, name: string, written: string | undefined): string {
  const value = (written ?? 'true').toLowerCase()
  if (value === 'true' || value === 'false') return value
  throw badFlag(flag, `--${name} is on or off`, 'true or false')
}

function badFlag(flag: RawFlag, message: string, expected: string): ContainerfileError {
  return new ContainerfileError('containerfile/bad-flag', spanPosition(flag.span), message, {
    expected,
    found: flag.text
  })
}

function unknownFlag(
  keyword: string,
  flag: RawFlag,
  name: string,
  known: readonly string[]
): ContainerfileError {
  const flags = known.map((each) => `--${each}`).join(' ')
  return new ContainerfileError(
    'containerfile/unknown-flag',
    spanPosition(flag.span),
    `${keyword} knows no flag --${name}`,
    {
      expected: known.length === 0 ? 'no flags' : flags,
      found: `--${name}`,
      hint: didYouMean(name, known, '--')
    }
  )
}
