import type { ByteString } from '../../base/byte-string.js'
import { type CharacterClass, classHolds, readClass } from './character-class.js'
import type { Levels } from './levels.js'
import { runesOf } from './runes.js'

/**
 * One element of an ignore pattern: a character, `?` (all but a slash), `*` (a run of those), `**` at the
 * end (`rest`), `**` elsewhere (`folders`: nothing, or anything that ends in a slash), or a class.
 */
type Element = number | 'one' | 'many' | 'rest' | 'folders' | CharacterClass

/** For each level of a path whether it matches: 1 or 0. */
export type LevelTest = (levels: Levels) => Uint8Array

const SLASH = 0x2f
const NEWLINE = 0x0a
const ALPHANUMERIC = /^[A-Za-z0-9]$/

/**
 * Compiles a clean pattern (no `!`) to a test with the rules of moby's patternmatcher.
 *
 * @returns undefined when the pattern is malformed, or is one of those that patternmatcher hands to its
 *   regular expressions by mistake (`\d`, `[*]`, `[[:alpha:]]`, `[z-a]`)
 */
export function compilePattern(pattern: ByteString): LevelTest | undefined {
  const elements = parse(pattern)
  if (elements === undefined) return undefined
  const simple = pattern.includes('\\') ? undefined : simpleTest(pattern, elements)
  return simple ?? ((levels) => matchLevels(elements, levels))
}

/** Names, `**suffix` and `prefix**` with nothing else special in them are compared as texts. */
function simpleTest(pattern: ByteString, elements: readonly Element[]): LevelTest | undefined {
  const special = elements.filter((element) => typeof element !== 'number')
  if (special.length === 0) {
    return eachLevel((path, end) => end === pattern.length && path.startsWith(pattern))
  }
  if (special.length !== 1) return undefined
  if (pattern.startsWith('**')) return suffixTest(pattern.slice(2))
  const prefix = pattern.slice(0, -2)
  return special[0] === 'rest'
    ? eachLevel((path, end) => end >= prefix.length && path.startsWith(prefix))
    : undefined
}

function suffixTest(suffix: ByteString): LevelTest {
  return eachLevel((path, end) => {
    if (end >= suffix.length && path.startsWith(suffix, end - suffix.length)) return true
    return suffix.startsWith('/') && end === suffix.length - 1 && path.startsWith(suffix.slice(1))
  })
}

function eachLevel(test: (path: ByteString, end: number) => boolean): LevelTest {
  return ({ path, ends }) => Uint8Array.from(ends, (end) => (test(path, end) ? 1 : 0))
}

function parse(pattern: ByteString): Element[] | undefined {
  const runes = runesOf(pattern)
  const elements: Element[] = []
  let index = 0
  while (index < runes.length) {
    const next = readElement(runes, index)
    if (next === undefined) return undefined
    elements.push(next.element)
    index = next.end
  }
  return elements
}

function readElement(
  runes: readonly number[],
  index: number
): { element: Element; end: number } | undefined {
  const rune = runes[index] ?? 0
  switch (String.fromCodePoint(rune)) {
    case '*':
      return readStars(runes, index)
    case '?':
      return { element: 'one', end: index + 1 }
    case '[':
      return readIgnoreClass(runes, index)
    case '\\': {
      const escaped = runes[index + 1]
      if (escaped === undefined || ALPHANUMERIC.test(String.fromCodePoint(escaped)))
        return undefined
      return { element: escaped, end: index + 2 }
    }
    default:
      return { element: rune, end: index + 1 }
  }
}

function character(rune: number): string {
  return String.fromCodePoint(rune)
}

function readStars(runes: readonly number[], index: number): { element: Element; end: number } {
  const star = runes[index]
  if (runes[index + 1] !== star) return { element: 'many', end: index + 1 }
  const end = runes[index + 2] === SLASH ? index + 3 : index + 2
  return { element: end >= runes.length ? 'rest' : 'folders', end }
}

function readIgnoreClass(
  runes: readonly number[],
  index: number
): { element: Element; end: number } | undefined {
  const read = readClass(runes, index)
  if (read === undefined) return undefined
  const inner = Array.from(runes.slice(index + 1, read.end - 1), character).join('')
  const misread = /[*?]|\[:|\\[A-Za-z0-9]/.test(inner)
  const backwards = read.class.ranges.some(([low, high]) => low > high)
  return misread || backwards ? undefined : { element: read.class, end: read.end }
}

/**
 * Walks the pattern once with the set of all indices that the path can have been matched to, which tells
 * about all levels together. Takes pattern length × path length steps.
 */
function matchLevels(elements: readonly Element[], levels: Levels): Uint8Array {
  let reached = new Uint8Array(levels.runes.length + 1)
  reached[0] = 1
  for (const element of elements) reached = advance(element, reached, levels.runes)
  return Uint8Array.from(levels.runeEnds, (end) => reached[end] ?? 0)
}

function advance(
  element: Element,
  reached: Uint8Array,
  path: readonly number[]
): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(path.length + 1)
  // Whether a run (`*` or `**`) that began earlier has come as far as here.
  let running = false
  for (let index = 0; index <= path.length; index++) {
    const here = reached[index] === 1
    const before = path[index - 1]
    running = (running && before !== undefined && runsOver(element, before)) || here
    if (element === 'many' || element === 'rest') next[index] = running ? 1 : 0
    else if (element === 'folders') next[index] = here || (running && before === SLASH) ? 1 : 0
    else if (here && accepts(element, path[index])) next[index + 1] = 1
  }
  return next
}

/** `*` stops at a slash; `**` stops at a newline, which Go's `.` does not match. */
function runsOver(element: Element, rune: number): boolean {
  return element === 'many' ? rune !== SLASH : rune !== NEWLINE
}

function accepts(element: number | 'one' | CharacterClass, rune: number | undefined): boolean {
  if (rune === undefined) return false
  if (typeof element === 'number') return element === rune
  return element === 'one' ? rune !== SLASH : classHolds(element, rune)
}
