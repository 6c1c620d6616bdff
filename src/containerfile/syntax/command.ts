import { ContainerfileError } from '../containerfile-error.js'
import { isAscii } from '../../base/byte-string.js'
import { type Span, spanPosition, subSpan } from './logical-line.js'
import { BLANKS, contentEnd, isSpace, skipSpace } from './white-space.js'

/** An instruction split into its keyword, its flags and the rest. */
export interface Command {
  readonly keyword: Span
  /** Quotes and escapes are already taken away; the position is where the flag begins. */
  readonly flags: readonly RawFlag[]
  /** Trimmed; '' when nothing follows. */
  readonly rest: Span
}

/** `--name=value` as it was given. */
export interface RawFlag {
  readonly text: string
  readonly span: Span
}

/** Splits an instruction's text. */
export function splitCommand(whole: Span, escape: string): Command {
  const trimmed = trimmedSpan(whole)
  const blank = BLANKS.exec(trimmed.text)
  if (blank === null) {
    return { keyword: trimmed, flags: [], rest: subSpan(trimmed, trimmed.text.length) }
  }
  const keyword = subSpan(trimmed, 0, blank.index)
  const { flags, rest } = splitFlags(subSpan(trimmed, blank.index + blank[0].length), escape)
  return { keyword, flags, rest: trimmedSpan(rest) }
}

function trimmedSpan(span: Span): Span {
  const start = skipSpace(span.text, 0)
  return subSpan(span, start, Math.max(start, contentEnd(span.text)))
}

/** Takes the leading `--…` words off; a lone `--` ends them. */
function splitFlags(span: Span, escape: string): { flags: RawFlag[]; rest: Span } {
  const flags: RawFlag[] = []
  const { text } = span
  let index = skipSpace(text, 0)
  while (text.startsWith('--', index)) {
    const word = readWord(text, index, escape)
    if (word.value === '--') return { flags, rest: subSpan(span, word.end) }
    flags.push({ text: word.value, span: subSpan(span, index, word.end) })
    refuseNonAscii(subSpan(span, index, word.end))
    index = skipSpace(text, word.end)
  }
  return { flags, rest: subSpan(span, index) }
}

/** Reads up to white space outside quotes; an unfinished quote ends with the text. */
function readWord(text: string, start: number, escape: string): { value: string; end: number } {
  let value = ''
  let quote = ''
  let index = start
  for (; index < text.length; index++) {
    let character = text.charAt(index)
    if (quote === '' && isSpace(text, index)) break
    if (quote === '' && (character === '"' || character === "'")) {
      quote = character
      continue
    }
    if (character === quote) {
      quote = ''
      continue
    }
    if (character === escape) character = text.charAt(++index)
    value += character
  }
  return { value, end: Math.min(index, text.length) }
}

/** BuildKit reads flags byte by byte and garbles other characters: nothing could be reproduced from it. */
function refuseNonAscii(flag: Span): void {
  if (isAscii(flag.text)) return
  throw new ContainerfileError(
    'containerfile/bad-flag',
    spanPosition(flag),
    'a flag may hold ASCII characters only',
    { found: flag.text }
  )
}
