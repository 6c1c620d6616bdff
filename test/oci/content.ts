/** Kinds of generated file content, so that no test has to carry data. */
export type ContentKind = 'zeros' | 'noise' | 'text' | 'records' | 'mixed' | 'echoes'

/** Content that is the same on every machine: `size` bytes of a kind, from a seed. */
export interface ContentSpec {
  readonly kind: ContentKind
  readonly size: number
  readonly seed?: number
}

/** A generator of numbers below 2^32 (xorshift32): fast, and the same everywhere. */
export function numbers(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>>= 0)
  }
}

/** Makes the content. */
export function contentOf({ kind, size, seed = 1 }: ContentSpec): Buffer {
  const bytes = Buffer.alloc(size)
  if (kind !== 'zeros') fillers[kind](bytes, numbers(seed))
  return bytes
}

type Filler = (bytes: Buffer, next: () => number) => void

const fillers: Record<Exclude<ContentKind, 'zeros'>, Filler> = {
  noise,
  text,
  records,
  mixed,
  echoes
}

function noise(bytes: Buffer, next: () => number): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = next() >>> 24
}

/** Words that repeat at all distances, the common ones more often. */
function text(bytes: Buffer, next: () => number): void {
  const words = Array.from({ length: 2000 }, () => (next() % 60466176).toString(36))
  for (let at = 0; at < bytes.length;) {
    const rank = Math.floor(words.length * (next() / 2 ** 32) ** 3)
    at += bytes.write(`${words[rank] ?? ''}${next() % 12 === 0 ? '\n' : ' '}`, at)
  }
}

/** Fixed-size records with a counter and a few changing bytes, as in tables of a program. */
function records(bytes: Buffer, next: () => number): void {
  for (let at = 0; at + 24 <= bytes.length; at += 24) {
    bytes.writeUInt32LE(0x400000 + at, at)
    bytes.writeUInt32LE(next() % 4096, at + 8)
    bytes[at + 16] = next() % 7
  }
}

/** Stretches of every kind, of lengths around the sizes at which the encoder changes its mind. */
function mixed(bytes: Buffer, next: () => number): void {
  const kinds = [noise, text, records, () => undefined]
  for (let at = 0; at < bytes.length;) {
    const stretch = bytes.subarray(at, at + 1 + (next() % 90000))
    kinds[next() % kinds.length]?.(stretch, next)
    at += stretch.length
  }
}

/** Repeats itself from nearly as far back as a match may reach, with a byte changed now and then. */
function echoes(bytes: Buffer, next: () => number): void {
  const distance = 32_510 + (next() % 250)
  noise(bytes.subarray(0, distance), next)
  for (let at = distance; at < bytes.length; at++) {
    bytes[at] = (bytes[at - distance] ?? 0) ^ (next() % 400 === 0 ? 1 : 0)
  }
}
