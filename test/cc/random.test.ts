import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findDifferences } from './random/compare.js'
import { fileOfPrograms } from './random/program.js'
import { whyNoGcc } from './toolchain.js'

const missing = whyNoGcc()
const place = mkdtempSync(join(tmpdir(), 'cc2-random-'))
afterAll(() => {
  rmSync(place, { recursive: true })
})

test('a seed always makes the same program, and another seed another one', () => {
  expect(fileOfPrograms([7])).toBe(fileOfPrograms([7]))
  expect(fileOfPrograms([7])).not.toBe(fileOfPrograms([8]))
})

describe.skipIf(missing !== undefined)(`random programs ${missing ?? ''}`, () => {
  test('150 of them print the same by gcc and by cc2', async () => {
    expect(await findDifferences(1, 150, place)).toEqual([])
  }, 120_000)
})
