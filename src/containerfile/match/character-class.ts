/** A set of characters in brackets: `[a-z0]`, or all others: `[^a-z0]`. Ranges hold both their ends. */
export interface CharacterClass {
  readonly negated: boolean
  readonly ranges: readonly (readonly [number, number])[]
}

const CARET = 0x5e
const HYPHEN = 0x2d
const CLOSE = 0x5d
const BACKSLASH = 0x5c

/**
 * Reads the class whose opening bracket stands at `start` of a pattern.
 *
 * @returns the class and the index behind its closing bracket, or undefined when it is malformed
 */
export function readClass(
  pattern: readonly number[],
  start: number
): { class: CharacterClass; end: number } | undefined {
  let index = start + 1
  const negated = pattern[index] === CARET
  if (negated) index++
  const ranges: [number, number][] = []
  while (pattern[index] !== CLOSE || ranges.length === 0) {
    const low = readEscaped(pattern, index)
    if (low === undefined) return undefined
    index = low.end
    let high: { rune: number; end: number } | undefined = low
    if (pattern[index] === HYPHEN) high = readEscaped(pattern, index + 1)
    if (high === undefined) return undefined
    index = high.end
    ranges.push([low.rune, high.rune])
  }
  return { class: { negated, ranges }, end: index + 1 }
}

function readEscaped(
  pattern: readonly number[],
  start: number
): { rune: number; end: number } | undefined {
  const first = pattern[start]
  if (first === undefined || first === HYPHEN || first === CLOSE) return undefined
  const index = first === BACKSLASH ? start + 1 : start
  const rune = pattern[index]
  // A class cannot end with the pattern: its closing bracket must follow.
  if (rune === undefined || index + 1 >= pattern.length) return undefined
  return { rune, end: index + 1 }
}

/** Whether the class holds the character. */
export function classHolds(set: CharacterClass, rune: number): boolean {
  return set.ranges.some(([low, high]) => low <= rune && rune <= high) !== set.negated
}
