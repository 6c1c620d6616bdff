import type { ByteString } from '../../base/byte-string.js'

const REPLACEMENT = 0xfffd

/**
 * The code points of a byte string read as UTF-8, as Go reads it: every byte that is not part of a valid
 * sequence counts as one U+FFFD. Patterns match characters, and names need not be UTF-8.
 */
export function runesOf(bytes: ByteString): number[] {
  const runes: number[] = []
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes, index)
    runes.push(length === 0 ? REPLACEMENT : decode(bytes, index, length))
    index += Math.max(1, length)
  }
  return runes
}

/** How many bytes the valid sequence at `index` has; 0 when there is none. */
function sequenceLength(bytes: ByteString, index: number): number {
  const first = bytes.charCodeAt(index)
  if (first < 0x80) return 1
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  for (let offset = 1; offset < length; offset++) {
    const byte = bytes.charCodeAt(index + offset)
    if (!(byte >= lowest(first, offset) && byte <= highest(first, offset))) return 0
  }
  return length
}

/** The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF. */
function lowest(first: number, offset: number): number {
  if (offset === 1 && first === 0xe0) return 0xa0
  return offset === 1 && first === 0xf0 ? 0x90 : 0x80
}

function highest(first: number, offset: number): number {
  if (offset === 1 && first === 0xed) return 0x9f
  return offset === 1 && first === 0xf4 ? 0x8f : 0xbf
}

function decode(bytes: ByteString, index: number, length: number): number {
  const first = bytes.charCodeAt(index)
  if (length === 1) return first
  let rune = first & (0x7f >> length)
  for (let offset = 1; offset < length; offset++) {
    rune = (rune << 6) | (bytes.charCodeAt(index + offset) & 0x3f)
  }
  return rune
}
