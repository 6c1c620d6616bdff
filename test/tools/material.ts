import fc from 'fast-check'

/**
 * Bytes as compressors meet them: runs, words that come again, noise, nothing at all. `limit` is the
 * greatest length.
 */
export function material(limit: number): fc.Arbitrary<Buffer> {
  const piece = fc.oneof(
    fc
      .tuple(fc.nat(255), fc.integer({ min: 1, max: 3000 }))
      .map(([byte, n]) => Buffer.alloc(n, byte)),
    fc
      .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 200 }))
      .map(([word, times]) => Buffer.concat(Array.from({ length: times }, () => word))),
    fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
    fc.integer({ min: 1, max: 60_000 }).map((seed) => text(seed, seed))
  )
  return fc.array(piece, { maxLength: 8 }).map((pieces) => Buffer.concat(pieces).subarray(0, limit))
}

/** Text that looks like a program's source: words of a small vocabulary in long-range repetition. */
export function text(seed: number, length: number): Buffer {
  const random = randomFrom(seed)
  const words = Array.from({ length: 300 }, () => word(random))
  const parts: string[] = []
  let size = 0
  while (size < length) {
    const next = words[Math.floor(random() ** 2 * words.length)] ?? ''
    const separator = random() < 0.1 ? '\n' : ' '
    parts.push(next, separator)
    size += next.length + 1
  }
  return Buffer.from(parts.join('').slice(0, length))
}

/** Bytes that cannot be compressed. */
export function noise(seed: number, length: number): Buffer {
  const random = randomFrom(seed)
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function word(random: () => number): string {
  const length = 1 + Math.floor(random() * 9)
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')
}
