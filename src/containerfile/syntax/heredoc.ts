import { ContainerfileError } from '../containerfile-error.js'
import type { Heredoc } from '../instruction.js'
import { expand } from '../expansion/lexer.js'
import { SubstitutionError } from '../expansion/substitution-error.js'
import { type LineReader, type Span, spanPosition, withoutNewline } from './logical-line.js'

/** `<<NAME` as a word of an instruction: everything of a here-document but its lines. */
export type HeredocMark = Omit<Heredoc, 'content'>

const unset = (): undefined => undefined

/** Reads a word that announces a here-document; undefined when it is an ordinary word. */
function heredocMark(word: string): HeredocMark | undefined {
  const match = /^\d*<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word)
  const quoted = match?.[2]
  if (quoted === undefined || quoted === '') return undefined
  const plain = expand(quoted, unset, '\\', { keepUnset: true, split: true }).words
  const [name] = plain
  if (name === undefined || plain.length !== 1) return undefined
  const options = { keepUnset: true, keepQuotes: true, split: true }
  const [raw = name] = expand(quoted, unset, '\\', options).words
  return { name, chomp: match?.[1] === '-', expand: countQuotes(name) === countQuotes(raw) }
}

function countQuotes(text: string): number {
  return text.split(/['"]/).length - 1
}

/** Like {@link heredocMark}, but a word that cannot be read is an ordinary word. */
export function heredocMarkOrWord(word: string): HeredocMark | undefined {
  try {
    return heredocMark(word)
  } catch (error) {
    if (error instanceof SubstitutionError) return undefined
    throw error
  }
}

/** The here-documents that a line announces. A line that cannot be lexed announces none, as in BuildKit. */
export function heredocMarks(line: Span): HeredocMark[] {
  if (!line.text.includes('<<')) return []
  const options = { keepUnset: true, keepQuotes: true, keepEscapes: true, split: true }
  let words: readonly string[]
  try {
    words = expand(line.text, unset, '\\', options).words
  } catch (error) {
    if (error instanceof SubstitutionError) return []
    throw error
  }
  return words.map((word) => markAt(line, word)).filter((mark) => mark !== undefined)
}

function markAt(line: Span, word: string): HeredocMark | undefined {
  try {
    return heredocMark(word)
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error
    const at = Math.max(0, line.text.indexOf(word))
    throw new ContainerfileError(
      'containerfile/bad-heredoc',
      spanPosition(line, at),
      `the here-document's name cannot be read: ${error.message}`,
      { expected: '<<NAME', found: word }
    )
  }
}

/** Reads the lines of one here-document up to its terminator. */
export function readHeredoc(reader: LineReader, mark: HeredocMark, announced: Span): Heredoc {
  const lines: string[] = []
  for (let raw = reader.nextRaw(); raw !== undefined; raw = reader.nextRaw()) {
    const line = withoutNewline(raw)
    if ((mark.chomp ? line.replace(/^\t+/, '') : line) === mark.name) {
      return { ...mark, content: lines.join('') }
    }
    lines.push(raw)
  }
  throw new ContainerfileError(
    'containerfile/unterminated-heredoc',
    spanPosition(announced, Math.max(0, announced.text.indexOf('<<'))),
    `the here-document ${mark.name} has no end`,
    { expected: `a line that is ${mark.name} and nothing else`, found: 'the end of the file' }
  )
}

/** The content as the build sees it: with `<<-`, all tabs at the beginning of every line are gone. */
export function heredocText(heredoc: Heredoc): string {
  return heredoc.chomp ? heredoc.content.replace(/(^|\n)\t+/g, '$1') : heredoc.content
}
