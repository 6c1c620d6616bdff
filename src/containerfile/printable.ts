/** Letters, marks, numbers, punctuation, symbols and the ASCII space: what Go's `strconv.IsPrint` accepts. */
export function isPrintable(rune: number): boolean {
  return PRINTABLE.test(String.fromCodePoint(rune))
}

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u
