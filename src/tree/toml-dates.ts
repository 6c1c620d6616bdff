import type { TomlDocument } from './toml-document.js'
import { tomlPlaces } from './toml-positions.js'

/** Whether any value of a document, however deep, is a date or a time. */
export function hasDate(document: TomlDocument): boolean {
  const pending: unknown[] = [document]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (value instanceof Date) return true
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) pending.push(inner)
    }
  }
  return false
}

/**
 * The first date written in an accepted document that no calendar has. The parser turns 2023-02-30 silently
 * into the second of March (other impossible dates and times it refuses); only the text still shows it.
 */
export function impossibleDate(text: string): { text: string; offset: number } | undefined {
  for (const { value, end } of tomlPlaces(text).values()) {
    const written = text.slice(value, Math.min(end, value + 64))
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(written) ?? []
    if (day === undefined || dayExists(Number(year), Number(month), Number(day))) continue
    return { text: written, offset: value }
  }
  return undefined
}

function dayExists(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return day <= days
}
