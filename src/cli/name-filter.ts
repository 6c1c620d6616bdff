/** Whether an image of a stage is one of those that a person asked for. */
export type NameFilter = (image: string, stage: string) => boolean

/**
 * Makes a filter of patterns, any of which may fit; without one, all images pass. A pattern with `*` (any text)
 * or `?` (one character) describes the whole name, with its stage or without; any other is a part of the name.
 */
export function nameFilter(patterns: readonly string[]): NameFilter {
  if (patterns.length === 0) return () => true
  const filters = patterns.map((pattern) => (/[*?]/.test(pattern) ? whole(pattern) : part(pattern)))
  return (image, stage) => filters.some((filter) => filter(image, stage))
}

function part(text: string): NameFilter {
  return (image) => image.includes(text)
}

function whole(pattern: string): NameFilter {
  return (image, stage) => {
    return fits(pattern, image) || fits(pattern, image.slice(stage.length + 1))
  }
}

/** Steps back to the last `*` only, so that no pattern takes more than the product of the lengths. */
function fits(pattern: string, text: string): boolean {
  let [at, star, resume] = [0, -1, 0]
  for (let index = 0; index < text.length;) {
    if (pattern[at] === '*') {
      star = at++
      resume = index
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index])) {
      at++
      index++
    } else if (star >= 0) {
      at = star + 1
      index = ++resume
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}
