import fc from 'fast-check'
import { closeSync, lstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SparseWriter } from '../../src/build/copy/sparse-writer.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-sparse-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('what was written is read back, whatever the pieces, and long runs of zeros are holes', () => {
  const size = fc.integer({ min: 0, max: 20_000 })
  const piece = fc.oneof(
    size.map((length) => Buffer.alloc(length)),
    size.map((length) => Buffer.alloc(length, 'x')),
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes))
  )
  let count = 0
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const file = join(folder, String(count++))
      const descriptor = openSync(file, 'wx')
      const writer = new SparseWriter(descriptor)
      for (const each of pieces) writer.write(each)
      writer.end()
      closeSync(descriptor)
      const whole = Buffer.concat(pieces)
      expect(readFileSync(file).equals(whole)).toBe(true)
      if (whole.every((byte) => byte === 0)) expect(lstatSync(file).blocks).toBe(0)
    })
  )
})
