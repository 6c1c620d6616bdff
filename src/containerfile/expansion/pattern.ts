import { SubstitutionError, withinLimit } from './substitution-error.js'

/**
 * One element of a pattern: a literal character, `?` (any character but a newline) or `*` (any run of
 * those).
 */
type Element = { readonly literal: string } | 'one' | 'many'

/** Pattern length × value length above this is refused: matching takes that many steps. */
const MAX_WORK = 1 << 25

/**
 * `${name#pattern}` and its relatives: removes the match at the beginning (`#`) or at the end (`%`), the
 * longest one when `greedy`, else the shortest.
 */
export function trimMatch(pattern: string, value: string, end: '#' | '%', greedy: boolean): string {
  const elements = parsePattern(pattern)
  const characters = Array.from(value)
  if (end === '%') {
    elements.reverse()
    characters.reverse()
  }
  refuseWork(elements, characters)
  const length = matchEnd(elements, characters, 0, greedy)
  const rest = length === undefined ? characters : characters.slice(length)
  return (end === '%' ? rest.reverse() : rest).join('')
}

/** `${name/pattern/replacement}` (the first match) and `${name//pattern/replacement}` (all). */
export function replaceMatches(
  pattern: string,
  value: string,
  replacement: string,
  all: boolean
): string {
  const elements = parsePattern(pattern)
  const characters = Array.from(value)
  refuseWork(elements, characters)
  const starts = matchStarts(elements, characters)
  let result = ''
  let index = 0
  let previousEnd = -1
  while (index <= characters.length) {
    const end = starts[index] === 1 ? matchEnd(elements, characters, index, true) : undefined
    // An empty match right behind a match is none, as in Go's regexp.
    if (end !== undefined && !(end === index && end === previousEnd)) {
      const match = characters.slice(index, end).join('')
      result = withinLimit(result + (all ? fillTemplate(replacement, match) : replacement))
      previousEnd = end
      if (!all) return result + characters.slice(end).join('')
      if (end > index) {
        index = end
        continue
      }
    }
    result += characters[index] ?? ''
    index++
  }
  return result
}

function parsePattern(pattern: string): Element[] {
  const elements: Element[] = []
  const characters = Array.from(pattern)
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? ''
    if (character === '*') elements.push('many')
    else if (character === '?') elements.push('one')
    else if (character !== '\\') elements.push({ literal: character })
    else {
      const escaped = characters[++index] ?? ''
      if (!['*', '?', '\\', '}', '/'].includes(escaped)) throw badEscape(escaped)
      elements.push({ literal: escaped })
    }
  }
  return elements
}

function badEscape(character: string): SubstitutionError {
  const message = 'a backslash in a pattern may stand before * ? \\ } and / only'
  return new SubstitutionError('bad', message, `\\${character}`)
}

/** How many steps a match of the pattern takes at most. */
export function matchingWork(pattern: string, value: string): number {
  return (pattern.length + 1) * (value.length + 1)
}

function refuseWork(elements: readonly Element[], characters: readonly string[]): void {
  if ((elements.length + 1) * (characters.length + 1) <= MAX_WORK) return
  throw new SubstitutionError('large', 'the pattern and the value are too long to be matched', '')
}

function accepts(element: Element, character: string | undefined): boolean {
  if (character === undefined) return false
  return typeof element === 'string' ? character !== '\n' : element.literal === character
}

/** For each index whether a match can begin there. */
function matchStarts(elements: readonly Element[], characters: readonly string[]): Uint8Array {
  let after = new Uint8Array(characters.length + 1).fill(1)
  for (let at = elements.length - 1; at >= 0; at--) {
    const element = elements[at] ?? 'many'
    const here = new Uint8Array(characters.length + 1)
    for (let index = characters.length; index >= 0; index--) {
      const next = accepts(element, characters[index]) ? index + 1 : -1
      if (element === 'many') here[index] = (after[index] ?? 0) | (next < 0 ? 0 : (here[next] ?? 0))
      else here[index] = next < 0 ? 0 : (after[next] ?? 0)
    }
    after = here
  }
  return after
}

/** Where the longest or shortest match that begins at `start` ends; undefined when there is none. */
function matchEnd(
  elements: readonly Element[],
  characters: readonly string[],
  start: number,
  greedy: boolean
): number | undefined {
  let reached = [start]
  for (const element of elements) {
    reached = element === 'many' ? runs(reached, characters) : single(reached, element, characters)
    if (reached.length === 0) return undefined
  }
  return greedy ? reached.at(-1) : reached[0]
}

function single(
  reached: readonly number[],
  element: Element,
  characters: readonly string[]
): number[] {
  return reached.filter((at) => accepts(element, characters[at])).map((at) => at + 1)
}

/** All indices that a `*` gets to from the reached ones, which are in ascending order. */
function runs(reached: readonly number[], characters: readonly string[]): number[] {
  const result: number[] = []
  for (const from of reached) {
    if (from <= (result.at(-1) ?? -1)) continue
    let at = from
    result.push(at)
    while (accepts('many', characters[at])) result.push(++at)
  }
  return result
}

/**
 * Fills in what Go's regexp replaces in a template: `$0` and `${0}` become the match, other names vanish,
 * `$$` is a dollar sign. (BuildKit hands its replacement to that function only when it replaces all.)
 */
function fillTemplate(template: string, match: string): string {
  return template.replace(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu,
    (whole, braced: string | undefined, bare: string | undefined) => {
      if (whole === '$$') return '$'
      return (braced ?? bare) === '0' ? match : ''
    }
  )
}
