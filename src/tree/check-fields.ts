import type { Field, TextField } from './definition-fields.js'
import { doubtful, nearHint, type Report, shown, type TomlPath, wrong } from './finding.js'

/** The values of a table's known keys that passed: strings in `texts`, lists of strings in `lists`. */
export interface Values {
  readonly texts: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, readonly string[]>
}

/** Unknown keys told of one table; the search for what each may have meant takes its time. */
const MAX_UNKNOWN = 100

/**
 * Checks a table against its fields: unknown keys, missing ones, types and formats, duplicates in lists.
 * Undefined, after a report, where there is no table at all.
 */
export function checkFields(
  table: unknown,
  path: TomlPath,
  fields: readonly Field[],
  report: Report
): Values | undefined {
  if (table === undefined) {
    report(wrong('tree/missing-key', path, `there is no \`[${path.join('.')}]\` table`))
    return undefined
  }
  if (!isTable(table)) {
    const details = { expected: 'a table', found: shown(table) }
    report(wrong('tree/wrong-type', path, `\`${path.join('.')}\` is no table`, details))
    return undefined
  }
  reportUnknownKeys(table, path, fields, report)
  const texts = new Map<string, string>()
  const lists = new Map<string, readonly string[]>()
  for (const field of fields) {
    const value = table[field.key]
    const place = [...path, field.key]
    if (value === undefined) reportMissing(field, path, report)
    else if (field.shape === 'integer') checkInteger(value, field, place, report)
    else if (field.shape === 'string') {
      const text = checkText(value, field, place, report)
      if (text !== undefined) texts.set(field.key, text)
    } else lists.set(field.key, checkList(value, field, place, report))
  }
  return { texts, lists }
}

export function isTable(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  )
}

function reportUnknownKeys(
  table: Record<string, unknown>,
  path: TomlPath,
  fields: readonly Field[],
  report: Report
): void {
  const known = fields.map((field) => field.key)
  const unknown = Object.keys(table).filter((key) => !known.includes(key))
  for (const key of unknown.slice(0, MAX_UNKNOWN)) {
    const details = { at: 'key', found: shown(key), ...nearHint(key, known) } as const
    report(doubtful('tree/unknown-key', [...path, key], `unknown key \`${key}\``, details))
  }
}

function reportMissing(field: Field, path: TomlPath, report: Report): void {
  if (field.required !== true) return
  const expected = field.shape === 'integer' ? 'an integer' : field.format.expected
  const message = `\`${field.key}\` is missing from \`[${path.join('.')}]\``
  report(wrong('tree/missing-key', path, message, { at: 'key', expected }))
}

function badValue(field: Field): typeof wrong {
  return field.advisory === true ? doubtful : wrong
}

function checkInteger(value: unknown, field: Field, path: TomlPath, report: Report): void {
  if (Number.isInteger(value)) return
  const details = { expected: 'an integer', found: shown(value) }
  report(badValue(field)('tree/wrong-type', path, `\`${field.key}\` takes an integer`, details))
}

function checkText(
  value: unknown,
  field: TextField,
  path: TomlPath,
  report: Report
): string | undefined {
  const expected = field.format.expected
  if (typeof value !== 'string') {
    const message = `\`${field.key}\` takes a string`
    report(badValue(field)('tree/wrong-type', path, message, { expected, found: shown(value) }))
    return undefined
  }
  if (field.format.pattern.test(value)) return value
  const message = `this cannot be \`${field.key}\``
  report(badValue(field)('tree/bad-value', path, message, { expected, found: shown(value) }))
  return undefined
}

function checkList(value: unknown, field: TextField, path: TomlPath, report: Report): string[] {
  if (typeof value === 'string' && field.shape === 'string or strings') {
    return [checkText(value, field, path, report) ?? []].flat()
  }
  if (!Array.isArray(value)) {
    const details = { expected: 'an array of strings', found: shown(value) }
    report(badValue(field)('tree/wrong-type', path, `\`${field.key}\` takes a list`, details))
    return []
  }
  if (value.length === 0 && field.required === true) {
    const details = { expected: `at least one: ${field.format.expected}`, found: 'none' }
    report(wrong('tree/bad-value', path, `\`${field.key}\` is empty`, details))
  }
  return value.flatMap((entry, index) => checkText(entry, field, [...path, index], report) ?? [])
}
