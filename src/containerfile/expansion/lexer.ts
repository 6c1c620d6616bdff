import { isSpace, skipSpace } from '../syntax/white-space.js'
import { matchingWork, replaceMatches, trimMatch } from './pattern.js'
import { SubstitutionError, withinLimit } from './substitution-error.js'

/** How a word is read. All are off for the words of instructions. */
export interface LexerOptions {
  /** Quotes stay in the result. */
  readonly keepQuotes?: boolean
  /** Escape characters stay in the result. */
  readonly keepEscapes?: boolean
  /** Quotes are characters like any other, as in here-documents. */
  readonly ignoreQuotes?: boolean
  /** `$NAME` stays when NAME is not set. */
  readonly keepUnset?: boolean
  /** The result is split into words. */
  readonly split?: boolean
}

/** What a word became. */
export interface Expanded {
  readonly text: string
  /** The text split at its unquoted white space; only where the options ask for it. */
  readonly words: readonly string[]
  /** How much work it was, in units of about a character put out. */
  readonly cost: number
}

/** Looks up a variable; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined

/** How many steps of pattern matching take as long as putting out a character. */
const STEPS_PER_CHARACTER = 8

/** Nested `${a:-${b:-…}}` deeper than this is refused: it has no use and would exhaust the stack. */
const MAX_DEPTH = 100

/**
 * Takes quotes and escapes away and substitutes variables, as BuildKit does. Linear in the length of the
 * input and of the values put in.
 *
 * @throws {SubstitutionError}
 */
export function expand(
  word: string,
  lookup: Lookup,
  escape: string,
  options: LexerOptions = {}
): Expanded {
  return new Lexer(word, lookup, escape, options).run()
}

/** Collects the words of an expansion: white space splits them unless it was quoted. */
class WordSplitter {
  readonly #words: string[] = []
  #word = ''
  #inWord = false

  add(text: string): void {
    for (let index = 0; index < text.length; index++) {
      if (!isSpace(text, index)) this.addRaw(text.charAt(index))
      else if (this.#inWord && this.#word !== '') this.#finish()
    }
  }

  addRaw(text: string): void {
    this.#word += text
    this.#inWord = true
  }

  words(): readonly string[] {
    if (this.#word !== '') this.#finish()
    return this.#words
  }

  #finish(): void {
    this.#words.push(this.#word)
    this.#word = ''
    this.#inWord = false
  }
}

class Lexer {
  readonly #text: string
  readonly #lookup: Lookup
  readonly #escape: string
  readonly #options: LexerOptions
  #keepEscapes: boolean
  #index = 0
  #depth = 0
  #work = 0

  constructor(text: string, lookup: Lookup, escape: string, options: LexerOptions) {
    // A byte-order mark at the beginning of a word vanishes, as in Go's scanner.
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text
    this.#lookup = lookup
    this.#escape = escape
    this.#options = options
    this.#keepEscapes = options.keepEscapes ?? false
  }

  run(): Expanded {
    const splitter = this.#options.split === true ? new WordSplitter() : undefined
    const text = this.#until('', this.#keepEscapes, splitter)
    const cost = text.length + Math.ceil(this.#work / STEPS_PER_CHARACTER)
    return { text, words: splitter?.words() ?? [], cost }
  }

  /** Reads up to `stop` (which it takes), or to the end when `stop` is ''. */
  #until(stop: string, keepEscapes: boolean, splitter?: WordSplitter): string {
    const outer = this.#keepEscapes
    this.#keepEscapes = keepEscapes
    let text = ''
    while (this.#index < this.#text.length) {
      const character = this.#peek()
      if (stop !== '' && character === stop) {
        this.#index++
        this.#keepEscapes = outer
        return text
      }
      const piece = this.#piece(character)
      text = withinLimit(text + piece.text)
      if (piece.splits) splitter?.add(piece.text)
      else if (piece.counts) splitter?.addRaw(piece.text)
    }
    if (stop !== '') throw new SubstitutionError('bad', `nothing closes the ${stop}`, stop)
    this.#keepEscapes = outer
    return text
  }

  #piece(character: string): { text: string; splits: boolean; counts: boolean } {
    if (character === '$') return { text: this.#dollar(), splits: true, counts: true }
    if (character === '<') return { text: this.#lessThan(), splits: false, counts: true }
    if (this.#options.ignoreQuotes !== true) {
      if (character === "'") return { text: this.#singleQuoted(), splits: false, counts: true }
      if (character === '"') return { text: this.#doubleQuoted(), splits: false, counts: true }
    }
    this.#index += character.length
    if (character !== this.#escape) return { text: character, splits: true, counts: true }
    const kept = this.#keepEscapes ? character : ''
    const escaped = this.#take()
    // An escape character at the end escapes nothing and vanishes.
    return { text: kept + escaped, splits: false, counts: kept + escaped !== '' }
  }

  /** `<<` takes the blanks behind it into its word: it may announce a here-document. */
  #lessThan(): string {
    const start = this.#index++
    if (this.#text[this.#index] === '<') this.#index = skipSpace(this.#text, this.#index + 1)
    return this.#text.slice(start, this.#index)
  }

  /** Everything up to the next single quote is literal. */
  #singleQuoted(): string {
    const close = this.#text.indexOf("'", this.#index + 1)
    if (close < 0) throw new SubstitutionError('quote', 'nothing closes the single quote', "'")
    const inner = this.#text.slice(this.#index + 1, close)
    this.#index = close + 1
    return this.#options.keepQuotes === true ? `'${inner}'` : inner
  }

  /** Variables are substituted; the escape character works before `"`, `$` and itself only. */
  #doubleQuoted(): string {
    const quote = this.#options.keepQuotes === true ? '"' : ''
    let text = quote
    this.#index++
    for (;;) {
      const character = this.#peek()
      if (character === '') {
        throw new SubstitutionError('quote', 'nothing closes the double quote', '"')
      }
      if (character === '"') {
        this.#index++
        return text + quote
      }
      text = withinLimit(
        text + (character === '$' ? this.#dollar() : this.#doubleQuotedCharacter())
      )
    }
  }

  #doubleQuotedCharacter(): string {
    const character = this.#take()
    if (character !== this.#escape) return character
    const kept = this.#keepEscapes ? character : ''
    const next = this.#peek()
    if (next === '') return kept
    if (next === '"' || next === '$' || next === this.#escape) return kept + this.#take()
    return kept + character
  }

  #dollar(): string {
    this.#index++
    if (this.#peek() === '{') return this.#braced()
    const name = this.#name()
    if (name === '') return '$'
    const value = this.#lookup(name)
    if (value === undefined && this.#options.keepUnset === true) return `$${name}`
    return value ?? ''
  }

  #braced(): string {
    this.#index++
    if (++this.#depth > MAX_DEPTH) {
      throw new SubstitutionError('bad', `substitutions nest deeper than ${MAX_DEPTH}`, '${')
    }
    const next = this.#peek()
    if (next === '') throw new SubstitutionError('bad', 'nothing closes the ${', '${')
    if (next === '{' || next === '}' || next === ':') {
      throw new SubstitutionError('bad', 'a name must follow ${', `\${${next}`)
    }
    const text = this.#operation(this.#name())
    this.#depth--
    return text
  }

  /** What follows the name in `${NAME…}`, the closing brace included. */
  #operation(name: string): string {
    const first = this.#take()
    if (first === '}') return this.#plain(name)
    if (first === '/') return this.#replacement(name)
    const operator = first === ':' ? this.#take() : first
    const written = first === ':' ? `:${operator}` : operator
    if (first !== ':' && !['+', '-', '?', '#', '%'].includes(operator)) {
      if (first === '') throw new SubstitutionError('bad', 'nothing closes the ${', `\${${name}`)
      throw unknownOperator(written)
    }
    const keepEscapes = operator === '#' || operator === '%'
    const argument = this.#until('}', keepEscapes)
    const value = this.#lookup(name)
    if (value === undefined && this.#options.keepUnset === true) {
      return `\${${name}${written}${argument}}`
    }
    return this.#apply(name, value, operator, argument, first === ':')
  }

  #plain(name: string): string {
    const value = this.#lookup(name)
    return value === undefined && this.#options.keepUnset === true ? `\${${name}}` : (value ?? '')
  }

  #apply(
    name: string,
    value: string | undefined,
    operator: string,
    argument: string,
    emptyIsUnset: boolean
  ): string {
    const missing = value === undefined || (emptyIsUnset && value === '')
    switch (operator) {
      case '-':
        return missing ? argument : value
      case '+':
        return missing ? '' : argument
      case '?':
        if (missing) throw requiredVariable(name, value, argument)
        return value
      case '#':
      case '%': {
        const greedy = argument.startsWith(operator)
        this.#work += matchingWork(argument, value ?? '')
        return trimMatch(greedy ? argument.slice(1) : argument, value ?? '', operator, greedy)
      }
      default:
        throw unknownOperator(emptyIsUnset ? `:${operator}` : operator)
    }
  }

  #replacement(name: string): string {
    const all = this.#peek() === '/'
    if (all) this.#index++
    const pattern = this.#until('/', true)
    const replacement = this.#until('}', true)
    const value = this.#lookup(name)
    if (value === undefined && this.#options.keepUnset === true) {
      return `\${${name}/${pattern}/${replacement}}`
    }
    this.#work += matchingWork(pattern, value ?? '')
    return replaceMatches(pattern, value ?? '', replacement, all)
  }

  /** A name, a number, or one of the shell's special parameters; '' when none follows. */
  #name(): string {
    NAME.lastIndex = this.#index
    const name = NAME.exec(this.#text)?.[0] ?? ''
    this.#index += name.length
    return name
  }

  #peek(): string {
    const code = this.#text.codePointAt(this.#index)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  #take(): string {
    const character = this.#peek()
    this.#index += character.length
    return character
  }
}

const NAME = /\p{Nd}+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*/uy

function unknownOperator(operator: string): SubstitutionError {
  return new SubstitutionError(
    'bad',
    `there is no operator ${operator} in a substitution`,
    operator
  )
}

function requiredVariable(
  name: string,
  value: string | undefined,
  message: string
): SubstitutionError {
  const reason = value === undefined ? 'is not allowed to be unset' : 'is not allowed to be empty'
  return new SubstitutionError('required', `${name}: ${message === '' ? reason : message}`, name)
}
