import type { Word } from '../instruction.js'
import { type Span, spanPosition, subSpan } from './logical-line.js'
import { BLANKS, isSpace, skipSpace } from './white-space.js'

const ALL_BLANKS = new RegExp(BLANKS, 'g')

/** The words between blanks. `span` is trimmed, so none of them is empty unless the span is. */
export function blankSeparated(span: Span): Word[] {
  if (span.text === '') return []
  const words: Word[] = []
  let start = 0
  for (const blank of span.text.matchAll(ALL_BLANKS)) {
    words.push(word(span, start, blank.index))
    start = blank.index + blank[0].length
  }
  words.push(word(span, start, span.text.length))
  return words
}

function word(span: Span, start: number, end: number): Word {
  return { text: span.text.slice(start, end), position: spanPosition(span, start) }
}

/**
 * The words between white space outside quotes. Quotes and escapes stay in the words: they are taken away
 * when the word is expanded. An escape character at the very end is dropped.
 */
export function quotedWords(span: Span, escape: string): Word[] {
  const words: Word[] = []
  const { text } = span
  let index = skipSpace(text, 0)
  while (index < text.length) {
    const start = index
    const word = scanQuotedWord(text, start, escape)
    const value = text.slice(start, word.contentEnd)
    if (value !== '') words.push({ text: value, position: spanPosition(span, start) })
    index = skipSpace(text, word.end)
  }
  return words
}

function scanQuotedWord(
  text: string,
  start: number,
  escape: string
): { end: number; contentEnd: number } {
  let quote = ''
  for (let index = start; index < text.length; index++) {
    const character = text.charAt(index)
    if (quote === '' && isSpace(text, index)) return { end: index, contentEnd: index }
    if (character === escape && quote !== "'") {
      if (index === text.length - 1) return { end: text.length, contentEnd: index }
      index++
    } else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (character === quote) quote = ''
  }
  return { end: text.length, contentEnd: text.length }
}

/** The span after its first word and the blanks that follow it; undefined when there is only one word. */
export function afterFirstWord(span: Span): { first: Span; rest: Span } | undefined {
  const blank = BLANKS.exec(span.text)
  if (blank === null) return undefined
  return {
    first: subSpan(span, 0, blank.index),
    rest: subSpan(span, blank.index + blank[0].length)
  }
}
