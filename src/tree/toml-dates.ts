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

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](.+))?$/
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-](\d{2}):(\d{2}))?$/

/**
 * The first date or time written in an accepted document that does not exist. The parser turns
 * 2023-02-30 silently into the second of March; only the text still shows it.
 */
export function impossibleDate(text: string): { text: string; offset: number } | undefined {
  for (const { value, end } of tomlPlaces(text).values()) {
    const written = text.slice(value, Math.min(end, value + 64))
    if (isDateLike(written) && !exists(written)) return { text: written, offset: value }
  }
  return undefined
}

function isDateLike(written: string): boolean {
  return /^\d{4}-\d{2}-|^\d{2}:\d{2}/.test(written)
}

function exists(written: string): boolean {
  if (TIME.test(written)) return timeExists(written)
  const [, year, month, day, time] = DATE.exec(written) ?? []
  if (!dayExists(Number(year), Number(month), Number(day))) return false
  return time === undefined || timeExists(time)
}

function dayExists(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return day >= 1 && day <= days
}

/** Hours to 23, minutes to 59, seconds to 60 for a leap second (RFC 3339, section 5.7). */
function timeExists(time: string): boolean {
  const [, hour, minute, second, offsetHour = '0', offsetMinute = '0'] = TIME.exec(time) ?? []
  return (
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 60 &&
    Number(offsetHour) <= 23 &&
    Number(offsetMinute) <= 59
  )
}
