/** Whether the character at `index` is white space in Unicode's sense (U+0085 counts, U+FEFF does not). */
export function isSpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  if (code < 0x85) return false
  return OTHER_SPACES.has(code)
}

const OTHER_SPACES = new Set([
  0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
  0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000
])

/** What separates an instruction's words: fewer characters than Unicode's white space. */
export const BLANKS = /[\t\v\f\r ]+/

/** The index of the first character from `index` on that is not white space, or the text's length. */
export function skipSpace(text: string, index: number): number {
  let end = index
  while (end < text.length && isSpace(text, end)) end++
  return end
}

/** The index after the last character that is not white space, or 0. */
export function contentEnd(text: string): number {
  let end = text.length
  while (end > 0 && isSpace(text, end - 1)) end--
  return end
}

/** Without white space at both ends. */
export function trimSpace(text: string): string {
  return text.slice(skipSpace(text, 0), contentEnd(text))
}
