import { isPrintable } from './printable.js'

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\'
}

/** Text as Go's `%q` writes it: in double quotes, with all that is not printable escaped. */
export function goQuote(text: string): string {
  return `"${Array.from(text, (character) => quoted(character, '"')).join('')}"`
}

/** A list of texts as Go's `%q` writes it: `["a" "b"]`. */
export function goQuoteList(texts: readonly string[]): string {
  return `[${texts.map(goQuote).join(' ')}]`
}

/** A whole number as Go's `%q` writes it: the character with that code point, in single quotes. */
export function goQuoteRune(rune: number): string {
  const valid = rune <= 0x10ffff && !(rune >= 0xd800 && rune <= 0xdfff)
  return `'${quoted(valid ? String.fromCodePoint(rune) : '\ufffd', "'")}'`
}

function quoted(character: string, quote: string): string {
  if (character === quote) return `\\${character}`
  const short = SHORT_ESCAPES[character]
  if (short !== undefined) return short
  const rune = character.codePointAt(0) ?? 0
  if (isPrintable(rune)) return character
  if (rune < 0x20 || rune === 0x7f) return `\\x${hex(rune, 2)}`
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`
}

function hex(rune: number, digits: number): string {
  return rune.toString(16).padStart(digits, '0')
}
