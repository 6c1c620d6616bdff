import { outcomeOf, Stop, type Outcome } from './outcome.js'

/** How many bytes a number behind each sign has. */
const sizes: Readonly<Record<string, number>> = { '!': 1, '@': 2, $: 2, '~': 3, '%': 4, '&': 4 }

/** What M0 does, with the line that it says on the standard error where it fails. */
export function m0(input: Uint8Array): Outcome {
  return outcomeOf(() => new Assembly(Buffer.from(input).toString('latin1')).run())
}

class Assembly {
  private readonly text: string
  private readonly definitions = new Map<string, string>()
  private output = ''
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  run(): Uint8Array {
    while (this.at < this.text.length) this.item()
    return Buffer.from(this.output, 'latin1')
  }

  private item(): void {
    const character = this.text.charAt(this.at++)
    if (character === '\n') this.output += '\n'
    else if (character <= ' ') return
    else if (character === '#' || character === ';') this.skipLine()
    else if (character === '"') this.string()
    else if (character === "'") this.output += `${this.untilQuote()} `
    else this.word(this.restOfWord(character))
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at)
    this.at = end === -1 ? this.text.length : end
  }

  private string(): void {
    const end = this.text.indexOf('"', this.at)
    if (end === -1) {
      this.at = this.text.length
      this.stop('quotes not closed')
    }
    const bytes = Buffer.from(this.text.slice(this.at, end) + '\0', 'latin1')
    for (const byte of bytes) {
      this.output += byte.toString(16).toUpperCase().padStart(2, '0') + (byte === 10 ? '\n' : '')
    }
    this.output += ' '
    this.at = end + 1
  }

  private untilQuote(): string {
    const text = /^[^'\n]*/.exec(this.text.slice(this.at))?.[0] ?? ''
    this.at += text.length
    if (this.text[this.at] !== "'") this.stop('quotes not closed')
    this.at++
    return text
  }

  private restOfWord(first: string): string {
    const rest = /^[^\u0000-\u0020]*/.exec(this.text.slice(this.at))?.[0] ?? ''
    this.at += rest.length
    return first + rest
  }

  private word(word: string): void {
    const size = sizes[word.charAt(0)]
    if (word.startsWith(':')) this.output += `${word} `
    else if (size !== undefined) this.signed(word, size)
    else if (word === 'DEFINE') this.define()
    else this.output += `${this.definitions.get(word) ?? this.stop(`not defined: ${word}`)} `
  }

  private signed(word: string, size: number): void {
    if (/^.[-0-9]/.test(word)) this.output += `${this.number(word, size)} `
    else if (size === 3) this.stop(`not a number: ${word}`)
    else this.output += `${word} `
  }

  private number(word: string, size: number): string {
    const [, minus = '', digits = ''] = /^.(-?)(0x[0-9A-Fa-f]+|[0-9]+)$/.exec(word) ?? []
    if (digits === '') return this.malformed(word)
    const value = BigInt(digits) * (minus === '' ? 1n : -1n)
    const bits = BigInt(8 * size)
    if (value >= 1n << bits || value < -(1n << (bits - 1n))) this.stop(`does not fit: ${word}`)
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes.subarray(0, size).toString('hex').toUpperCase()
  }

  /** The digits are read from the left: too large a number may be seen before a strange character. */
  private malformed(word: string): never {
    const good = /^.-?(0x[0-9A-Fa-f]+|[0-9]*)/.exec(word)?.[1] ?? ''
    const next = BigInt(good === '' ? 0 : good) * (good.startsWith('0x') ? 16n : 10n)
    const tooLarge = next >= 1n << 32n
    this.stop(`${tooLarge ? 'does not fit' : 'not a number'}: ${word}`)
  }

  private define(): void {
    const name = this.sameLine()
    if (this.definitions.has(name)) this.stop(`defined twice: ${name}`)
    this.definitions.set(name, this.sameLine('quotable'))
  }

  private sameLine(quotable?: 'quotable'): string {
    const blank = /^[\u0000-\u0009\u000b-\u0020]*/.exec(this.text.slice(this.at))?.[0] ?? ''
    this.at += blank.length
    const first = this.text.charAt(this.at)
    if ('\n#;"'.includes(first)) this.stop('DEFINE wants a name and a value on its line')
    this.at++
    return quotable !== undefined && first === "'" ? this.untilQuote() : this.restOfWord(first)
  }

  private stop(why: string): never {
    const line = this.text.slice(0, this.at).split('\n').length
    throw new Stop(`M0: line ${line}: ${why}\n`)
  }
}
