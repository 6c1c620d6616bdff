/**
 * A token is a literal byte or a match, in one number: above bit 16 the byte, or the match's length less
 * three; below it the match's distance, or 0 for a literal.
 */
export type Token = number

/** The most tokens of one block. */
export const blockTokens = 16384

/** The token of a literal byte. */
export function literalToken(byte: number): Token {
  return byte << 16
}

/** The token of a match of 3 to 258 bytes, 1 to 32768 bytes back. */
export function matchToken(length: number, distance: number): Token {
  return ((length - 3) << 16) | distance
}

/** How many bytes a token stands for. */
export function tokenLength(token: Token): number {
  return (token & 0xffff) === 0 ? 1 : (token >> 16) + 3
}
