import { placeKey, type TomlPlace } from '../toml-positions.js'
import type { Statement } from './statement.js'

/** The longest line that a list is written on. */
const WIDTH = 100

/** A document's text and where its values stand. */
export interface PlacedText {
  readonly text: string
  readonly places: ReadonlyMap<string, TomlPlace>
}

/**
 * A value as it is to be written behind `key = `: strings in double quotes where that needs no escapes, a
 * list on one line or with one element a line. Anything else stays as it is.
 */
export function formatValue(document: PlacedText, statement: Statement, key: string): string {
  const { text } = document
  const raw = text.slice(statement.value, statement.end)
  if (!raw.startsWith('[')) return formatString(raw)
  const elements = elementsOf(document, statement)
  if (elements === undefined) return raw
  const { items, rest } = elements
  const values = items.map(({ value }) => value)
  const line = `[${values.join(', ')}]`
  const hasComments = rest.length > 0 || items.some(({ lead, trail }) => lead.length > 0 || trail)
  if (!hasComments && `${key} = ${line}`.length <= WIDTH) return line
  const lines = items.flatMap(({ lead, value, trail }) => [
    ...lead,
    `${value},${trail === '' ? '' : ` ${trail}`}`
  ])
  return ['[', ...[...lines, ...rest].map((each) => `    ${each}`), ']'].join('\n')
}

/** An element of a list with the comments above it and behind it. */
interface Item {
  readonly lead: readonly string[]
  readonly value: string
  readonly trail: string
}

/** The list's elements, and comments after the last; undefined where it holds more than scalars. */
function elementsOf(
  { text, places }: PlacedText,
  { path, value, end }: Statement
): { items: Item[]; rest: readonly string[] } | undefined {
  const items: Item[] = []
  let offset = value + 1
  for (let index = 0; ; index++) {
    const place = places.get(placeKey([...path, index]))
    const gap = gapLines(text.slice(offset, place?.key ?? end - 1))
    if (gap === undefined) return undefined
    const last = items.pop()
    if (last !== undefined) items.push({ ...last, trail: gap[0] ?? '' })
    const comments = (last === undefined ? gap : gap.slice(1)).filter((line) => line !== '')
    if (place === undefined) return { items, rest: comments }
    const raw = text.slice(place.key, place.end)
    if (/^[[{]|\n/.test(raw)) return undefined
    items.push({ lead: comments, value: formatString(raw), trail: '' })
    offset = place.end
  }
}

/** The lines between two elements, the comma left out; undefined where one is no comment. */
function gapLines(gap: string): string[] | undefined {
  const lines = gap.split('\n').map((line) => line.trim().replace(/^,[ \t]*/, ''))
  return lines.every((line) => line === '' || line.startsWith('#')) ? lines : undefined
}

/** A literal string in double quotes, unless it would need escapes there. */
function formatString(raw: string): string {
  const [, content] = /^'(?!'')([^'"\\\n\t]*)'$/.exec(raw) ?? []
  return content === undefined ? raw : `"${content}"`
}
