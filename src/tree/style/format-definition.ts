import { parseToml } from '../parse-toml.js'
import { tomlPlaces } from '../toml-positions.js'
import type { TomlDocument } from '../toml-document.js'
import { formatValue, type PlacedText } from './format-value.js'
import { keyRank, tableRank } from './key-order.js'
import { type Statement, statementsOf } from './statement.js'

/**
 * A package.toml in the one style: tables and keys in their order, one empty line between tables, strings in
 * double quotes, long lists with one element a line. Comments stay with what they are about, sources in
 * their order. What it says never changes; formatting twice is formatting once. Undefined for a text that
 * is no TOML.
 */
export function formatDefinition(text: string): string | undefined {
  const before = documentOf(text)
  if (before === undefined) return undefined
  const formatted = format(text)
  if (formatted === text) return text
  // A text that comes out with another meaning is one that is not understood: better left alone.
  return meaning(documentOf(formatted)) === meaning(before) ? formatted : text
}

/** A header with what is below it; without one, what stands before the first header. */
interface Table {
  readonly header?: Statement
  readonly path: Statement['path']
  readonly keys: readonly Statement[]
}

function format(text: string): string {
  const statements = statementsOf(text)
  if (statements === undefined) return text
  const { head, all } = withoutHead(statements.all)
  const document = { text, places: tomlPlaces(text) }
  const tables = tablesOf(all)
  tables.sort((a, b) => rankOf(a) - rankOf(b))
  const blocks = [head, ...tables.map((table) => tableLines(document, table)), statements.rest]
  const lines = blocks
    .map((block) => trimmed(block))
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
  return lines.length === 0 ? '' : `${lines.join('\n\n')}\n`
}

/** Comments at the top with an empty line below are about the file, whatever comes first in it. */
function withoutHead(all: readonly Statement[]): { head: readonly string[]; all: Statement[] } {
  const [first, ...others] = all
  if (first === undefined) return { head: [], all: [] }
  const end = first.lead.lastIndexOf('')
  const [head, lead] = [first.lead.slice(0, end + 1), first.lead.slice(end + 1)]
  return { head, all: [{ ...first, lead }, ...others] }
}

function tablesOf(all: readonly Statement[]): Table[] {
  const tables: { header?: Statement; path: Statement['path']; keys: Statement[] }[] = []
  for (const statement of all) {
    const { kind, path } = statement
    if (kind === 'header') tables.push({ header: statement, path, keys: [] })
    else if (tables.length === 0) tables.push({ path: [], keys: [statement] })
    else tables.at(-1)?.keys.push(statement)
  }
  return tables
}

function rankOf({ header, path }: Table): number {
  return header === undefined ? -1 : tableRank(path)
}

function tableLines(document: PlacedText, { header, path, keys }: Table): string[] {
  const ranks = new Map(keys.map((key) => [key, keyRank(path, keyText(document.text, key))]))
  const sorted = [...keys].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
  const first = header === undefined ? [] : statementLines(document, header)
  // What is written below the last key is about the end of the table, not about that key.
  const tail = (keys.at(-1) ?? header)?.tail ?? []
  const lines = sorted.map((key, index) => {
    const own = statementLines(document, key)
    return index === 0 ? trimmed(own) : own
  })
  return [...first, ...lines.flat(), ...tail]
}

function statementLines(document: PlacedText, statement: Statement): string[] {
  const { kind, lead, trail } = statement
  const text =
    kind === 'header' ? headerText(document.text, statement) : keyLine(document, statement)
  return [...lead, trail === undefined ? text : `${text} ${trail}`]
}

function keyLine(document: PlacedText, statement: Statement): string {
  const key = keyText(document.text, statement)
  return `${key} = ${formatValue(document, statement, key)}`
}

/** The key without the equals sign and the blanks around dots; quotes stay where one needs them. */
function keyText(text: string, { key, value }: Statement): string {
  const raw = text.slice(key, value).trim().replace(/=$/, '').trim()
  return plainKey(raw)
}

function headerText(text: string, { key, end }: Statement): string {
  const [, open = '[', inner = '', close = ']'] =
    /^(\[\[?)(.*?)(\]\]?)$/s.exec(text.slice(key, end)) ?? []
  return `${open}${plainKey(inner.trim())}${close}`
}

function plainKey(raw: string): string {
  const [, , quoted] = /^(["'])([\w-]+)\1$/.exec(raw) ?? []
  if (quoted !== undefined) return quoted
  return /["']/.test(raw) ? raw : raw.replace(/[ \t]+/g, '')
}

function trimmed(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line !== '')
  const to = lines.findLastIndex((line) => line !== '')
  return from < 0 ? [] : lines.slice(from, to + 1)
}

function documentOf(text: string): TomlDocument | undefined {
  return parseToml({ package: '', file: '', text }).document
}

/** What a document says, tables' keys in order, but for sources: theirs is the order of build arguments. */
function meaning(document: TomlDocument | undefined): string {
  const sources = document?.['sources']
  const order = typeof sources === 'object' && sources !== null ? Object.keys(sources) : []
  return JSON.stringify([order, document], sortedKeys)
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
