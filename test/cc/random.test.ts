/**
 * Random programs, compared with gcc. More of them, or others, than in an ordinary run of the tests:
 *
 *     CC2_RANDOM=10000 CC2_RANDOM_SEED=1 npx vitest run test/cc/random.test.ts
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findDifferences } from './random/compare.js'
import { fileOfPrograms } from './random/program.js'
import { whyNoGcc } from './toolchain.js'

const missing = whyNoGcc()
const count = Number(process.env['CC2_RANDOM'] ?? '150')
const first = Number(process.env['CC2_RANDOM_SEED'] ?? '1')
const batch = 500

test('a seed always makes the same program, and another seed another one', () => {
  expect(fileOfPrograms([7])).toBe(fileOfPrograms([7]))
  expect(fileOfPrograms([7])).not.toBe(fileOfPrograms([8]))
})

describe.skipIf(missing !== undefined)(`random programs ${missing ?? ''}`, () => {
  for (let done = 0; done < count; done += batch) {
    const size = Math.min(batch, count - done)
    const seeds = `${first + done} to ${first + done + size - 1}`
    test(`of the seeds ${seeds} print the same by gcc and by cc2`, async () => {
      const place = mkdtempSync(join(tmpdir(), 'cc2-random-'))
      try {
        expect(await findDifferences(first + done, size, place)).toEqual([])
      } finally {
        rmSync(place, { recursive: true })
      }
    }, 600_000)
  }
})
