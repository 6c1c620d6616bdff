import type { ByteString } from '../base/byte-string.js'
import { type CharacterClass, classHolds, readClass } from './match/character-class.js'
import { runesOf } from './match/runes.js'

/** One element of a pattern: a character, `?`, `*` or a class. */
type Element = number | 'one' | 'many' | CharacterClass

const SLASH = 0x2f

/**
 * Whether the whole of `name` matches `pattern` under the rules of Go's path/filepath.Match: `*` and `?`
 * stand for anything but a slash, `[a-z]` and `[^a-z]` for any one character, a backslash takes the next
 * character literally. A malformed pattern matches nothing. Takes at most pattern length × name length
 * steps.
 */
export function matchWildcard(pattern: ByteString, name: ByteString): boolean {
  const elements = parseWildcard(pattern)
  return elements !== undefined && matches(elements, runesOf(name))
}

/** Whether the pattern is well formed: brackets are closed, nothing is escaped at the end. */
export function isWildcardWellFormed(pattern: ByteString): boolean {
  return parseWildcard(pattern) !== undefined
}

/** Whether the text holds a character that makes it a pattern. */
export function hasWildcard(text: ByteString): boolean {
  return /[*?[]/.test(text.replace(/\\./gs, ''))
}

function parseWildcard(pattern: ByteString): Element[] | undefined {
  const runes = runesOf(pattern)
  const elements: Element[] = []
  for (let index = 0; index < runes.length;) {
    const rune = runes[index] ?? 0
    const character = String.fromCodePoint(rune)
    if (character === '[') {
      const set = readClass(runes, index)
      if (set === undefined) return undefined
      elements.push(set.class)
      index = set.end
      continue
    }
    if (character === '\\') index++
    const literal = runes[index]
    if (literal === undefined) return undefined
    elements.push(character === '*' ? 'many' : character === '?' ? 'one' : literal)
    index++
  }
  return elements
}

/** Backtracks to the last `*` only: an earlier one could not do better. */
function matches(elements: readonly Element[], name: readonly number[]): boolean {
  let element = 0
  let index = 0
  let star = -1
  let starIndex = 0
  while (index < name.length) {
    const current = elements[element]
    if (current === 'many') {
      star = element++
      starIndex = index
    } else if (current !== undefined && accepts(current, name[index] ?? 0)) {
      element++
      index++
    } else if (star >= 0 && name[starIndex] !== SLASH) {
      element = star + 1
      index = ++starIndex
    } else {
      return false
    }
  }
  while (elements[element] === 'many') element++
  return element === elements.length
}

function accepts(element: Exclude<Element, 'many'>, rune: number): boolean {
  if (typeof element === 'number') return element === rune
  return element === 'one' ? rune !== SLASH : classHolds(element, rune)
}
