import { type ContentSpec, contentOf } from './content.js'

/** A stream for the encoder: content, and the size of the writes that it comes in (0: a single one). */
export interface GzipCase extends ContentSpec {
  readonly writes: number
  /** Where the first write ends instead. */
  readonly firstEnd?: number
}

/** A case and what Go's `compress/gzip` makes of it. */
export interface GzipGolden extends GzipCase {
  readonly digest: string
  readonly compressedSize: number
}

const edges = [0, 1, 2, 3, 4, 5, 258, 259, 262, 512, 1024, 32_767, 32_768, 65_274, 65_535, 65_536]

/** Streams with and without a write that ends where the window is moved early by it, the second near its end. */
export const movedWindows: readonly (readonly [GzipCase, GzipCase])[] = [
  [
    { kind: 'echoes', size: 140_000, seed: 45, writes: 0 },
    { kind: 'echoes', size: 140_000, seed: 45, writes: 0, firstEnd: 98_053 }
  ],
  [
    { kind: 'echoes', size: 65_530, seed: 7, writes: 0 },
    { kind: 'echoes', size: 65_530, seed: 7, writes: 0, firstEnd: 65_425 }
  ]
]

/** Streams of all kinds, around every size at which something changes, in writes of several sizes. */
export const gzipCases: readonly GzipCase[] = [
  ...edges.map((size): GzipCase => ({ kind: 'zeros', size, writes: 0 })),
  ...edges.map((size): GzipCase => ({ kind: 'noise', size, writes: 0 })),
  ...edges.map((size): GzipCase => ({ kind: 'text', size, writes: 0 })),
  ...[1, 7, 100, 511, 4096, 32_700, 65_275, 65_400].flatMap((writes): GzipCase[] => [
    { kind: 'mixed', size: 300_000, seed: writes, writes },
    { kind: 'text', size: 300_000, seed: writes, writes },
    { kind: 'zeros', size: 300_000, seed: writes, writes }
  ]),
  ...[1, 2, 3, 4, 5, 6].map((seed): GzipCase => {
    return { kind: 'mixed', size: 700_000, seed, writes: 512 * seed }
  }),
  { kind: 'records', size: 2_000_000, writes: 0 },
  ...movedWindows.flat(),
  { kind: 'mixed', size: 18_000_000, seed: 9, writes: 65_536 }
]

/** The writes of a case. */
export function* writesOf(of: GzipCase): Generator<Uint8Array> {
  const content = contentOf(of)
  const size = of.writes === 0 ? Math.max(content.length, 1) : of.writes
  for (let start = 0, end = of.firstEnd ?? size; start < content.length; start = end, end += size) {
    yield content.subarray(start, end)
  }
}
