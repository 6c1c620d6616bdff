import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compressedDigest } from '../oci/compress.js'
import { contentOf, numbers } from '../oci/content.js'
import { gzipCases, type GzipGolden, writesOf } from '../oci/gzip-cases.js'
import { findGo, GoGzip } from './go-gzip.js'

const go = findGo()
const golden = join(import.meta.dirname, '../golden/oci/gzip.json')
/** How many random streams are compared; more for a longer search. */
const streams = Number(process.env['STAGEX_FUZZ_STREAMS'] ?? 150)
const firstSeed = Number(process.env['STAGEX_FUZZ_SEED'] ?? 1)

describe.skipIf(go === undefined)("beside Go's compress/gzip (a Go up to 1.26)", () => {
  const directory = mkdtempSync(join(tmpdir(), 'stagex-go-'))
  let reference: GoGzip
  beforeAll(() => {
    reference = new GoGzip(go ?? '', directory)
  }, 120_000)
  afterAll(() => {
    reference.close()
    rmSync(directory, { recursive: true })
  })

  test('the golden digests are what Go writes', { timeout: 120_000 }, async () => {
    const found: GzipGolden[] = []
    for (const of of gzipCases) found.push({ ...of, ...(await reference.compress(writesOf(of))) })
    const text = `[\n${found.map((line) => ` ${JSON.stringify(line)}`).join(',\n')}\n]\n`
    if (process.env['STAGEX_RECORD'] === undefined) await expect(text).toMatchFileSnapshot(golden)
    else writeFileSync(golden, text)
  })

  test('random streams in random writes give the same bytes', { timeout: 600_000 }, async () => {
    for (let seed = firstSeed; seed < firstSeed + streams; seed++) {
      const ours = compressedDigest(randomWrites(seed))
      expect({ seed, ...ours }).toEqual({ seed, ...(await reference.compress(randomWrites(seed))) })
    }
  })
})

/** A stream of a random kind and size, cut in one of several ways: what the matcher's window is sensitive to. */
function* randomWrites(seed: number): Generator<Uint8Array> {
  const next = numbers(seed)
  const kinds = ['zeros', 'noise', 'text', 'records', 'mixed', 'text', 'mixed', 'echoes'] as const
  const kind = kinds[next() % kinds.length] ?? 'mixed'
  const cut = cuts[next() % cuts.length] ?? cuts[0]
  const size = next() % (cut === tinyWrites ? 3000 : 400_000)
  const content = contentOf({ kind, size, seed })
  for (let start = 0, end = 0; start < size; start = end) {
    end = Math.max(start, cut(start, next))
    yield content.subarray(start, end)
  }
}

type Cut = (start: number, next: () => number) => number

const tinyWrites: Cut = (start, next) => start + (next() % 5)

const cuts: readonly [Cut, ...Cut[]] = [
  () => Infinity,
  (start) => start + 512,
  (start, next) => start + (next() % 100_000),
  tinyWrites,
  // Just before a boundary of the window, where a write's end moves it early.
  (start, next) => (Math.floor(start / 32768) + 1 + (next() % 3)) * 32768 - (next() % 300)
]
