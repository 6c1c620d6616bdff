import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MatchedSection, matchSection, type Section } from '../../src/oci/gzip/section.js'
import { claim } from '../../src/oci/gzip/section-job.js'
import { type SectionMatcher, ThreadedGzipEncoder } from '../../src/oci/gzip/threaded-encoder.js'
import { compress } from './compress.js'
import { type ContentKind, contentOf, numbers } from './content.js'
import { gzipCases, movedWindows, writesOf } from './gzip-cases.js'

const kinds: readonly ContentKind[] = ['zeros', 'noise', 'text', 'records', 'mixed', 'echoes']
/** The smallest there is: the more sections, the more places where they have to be joined. */
const sectionSize = 32_768

describe('gzip on several threads gives the bytes of one', () => {
  test.each(kinds)('for %s', async (kind) => {
    for (const size of [0, 1, 32_768, 33_029, 33_030, 33_031, 65_536, 500_000]) {
      const content = contentOf({ kind, size, seed: 5 })
      const threaded = await compressThreaded([content], [new Late(0, 1), new Late(1, 2)])
      expect(threaded.equals(compress([content])), `${size} bytes`).toBe(true)
    }
  })

  test('for every golden stream of several sections, in whatever writes it comes', async () => {
    const several = gzipCases.filter(({ size, writes }) => {
      return size > 2 * sectionSize && size < 1e6 && (writes === 0 || writes > 400)
    })
    expect(several.length).toBeGreaterThan(15)
    for (const of of [...several, ...movedWindows.flat()]) {
      const threaded = await compressThreaded(writesOf(of), [new Late(0, 3)])
      expect(threaded.equals(compress(writesOf(of))), JSON.stringify(of)).toBe(true)
    }
  })

  test('for any content and any writes, whoever is late', async () => {
    const stretch = fc.record({
      kind: fc.constantFrom(...kinds),
      size: fc.nat(60_000),
      seed: fc.nat(1000)
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(stretch, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
        async (stretches, sizes, delays) => {
          const writes = [...cut(Buffer.concat(stretches.map(contentOf)), sizes)]
          const matchers = delays.map((delay, i) => new Late((i + delay) % 3, delay))
          expect((await compressThreaded(writes, matchers)).equals(compress(writes))).toBe(true)
        }
      ),
      { numRuns: 40 }
    )
  })

  test('with no other thread, and with threads that die', async () => {
    const content = contentOf({ kind: 'mixed', size: 400_000 })
    const expected = compress([content])
    expect((await compressThreaded([content], [])).equals(expected)).toBe(true)
    expect(
      (await compressThreaded([content], [new Dying(), new Late(2, 1)])).equals(expected)
    ).toBe(true)
  })

  test('without asking for threads while there is nothing to share', async () => {
    const encoder = new ThreadedGzipEncoder(
      () => undefined,
      () => {
        throw new Error('asked')
      }
    )
    encoder.write(Buffer.alloc(1_000_000))
    await encoder.close()
  })

  test('with few sections waiting in memory at any time', async () => {
    const matcher = new Late(0, 3)
    const encoder = new ThreadedGzipEncoder(
      () => undefined,
      () => [matcher],
      sectionSize
    )
    for (const piece of cut(contentOf({ kind: 'text', size: 1_500_000 }), [50_000])) {
      encoder.write(piece)
      await encoder.settle()
      expect(matcher.busy).toBeLessThanOrEqual(7)
    }
    await encoder.close()
  })
})

/** Stands for a thread: claims a section some turns after it was offered, answers some turns later. */
class Late implements SectionMatcher {
  /** Sections that were claimed and not answered yet. */
  busy = 0
  readonly #untilClaim: number
  readonly #untilAnswer: number

  constructor(untilClaim: number, untilAnswer: number) {
    this.#untilClaim = untilClaim
    this.#untilAnswer = untilAnswer
  }

  async offer(section: Section): Promise<MatchedSection | undefined> {
    await turns(this.#untilClaim)
    if (!claim(section)) return undefined
    this.busy++
    await turns(this.#untilAnswer)
    this.busy--
    return matchSection(section)
  }
}

/** Claims every second section, and answers none. */
class Dying implements SectionMatcher {
  #offers = 0

  async offer(section: Section): Promise<MatchedSection | undefined> {
    await turns(1)
    if (this.#offers++ % 2 === 0) claim(section)
    throw new Error('out of memory')
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate)
}

async function compressThreaded(
  writes: Iterable<Uint8Array>,
  matchers: readonly SectionMatcher[]
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const encoder = new ThreadedGzipEncoder(
    (chunk) => chunks.push(chunk),
    () => matchers,
    sectionSize
  )
  for (const piece of writes) {
    encoder.write(piece)
    await encoder.settle()
  }
  await encoder.close()
  return Buffer.concat(chunks)
}

function* cut(content: Buffer, sizes: readonly number[]): Generator<Uint8Array> {
  const next = numbers(sizes.length)
  for (let start = 0, end = 0; start < content.length; start = end) {
    end += sizes[next() % sizes.length] ?? content.length
    yield content.subarray(start, end)
  }
}
