import { nearest } from '../base/suggest.js'

/** Beyond these nobody misspelt anything, and comparing would take long. */
const MAX_LENGTH = 64
const MAX_CANDIDATES = 1000

/** The candidate that a misspelt word most likely meant. The word may come from an attacker. */
function suggestion(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_LENGTH) return undefined
  const few: string[] = []
  for (const candidate of candidates) {
    if (few.length === MAX_CANDIDATES) break
    few.push(candidate)
  }
  return nearest(word, few)
}

/** `did you mean …?`, or undefined when nothing is near; `prefix` goes before the suggestion. */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
  prefix = ''
): string | undefined {
  const near = suggestion(word, candidates)
  return near === undefined ? undefined : `did you mean ${prefix}${near}?`
}
