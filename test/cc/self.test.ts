import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { buildCc2, cc2Folder, cc2Source, whyNoGcc } from './toolchain.js'

const missing = whyNoGcc()
const place = mkdtempSync(join(tmpdir(), 'cc2-self-'))
afterAll(() => {
  rmSync(place, { recursive: true })
})

describe.skipIf(missing !== undefined)(`cc2 compiles itself ${missing ?? ''}`, () => {
  test('its second and third generation are equal', async () => {
    const source = join(place, 'cc2.c')
    const start = readFileSync(join(cc2Folder, 'start.c'))
    writeFileSync(source, Buffer.concat([start, cc2Source()]))
    const generations = [buildCc2(), join(place, 'second'), join(place, 'third')] as const
    for (const index of [0, 1] as const) {
      const done = await run(generations[index], ['-o', generations[index + 1] ?? '', source])
      expect(done).toEqual({ status: 0, stdout: '', stderr: '' })
    }
    expect(readFileSync(generations[2]).equals(readFileSync(generations[1]))).toBe(true)
  })

  test('the chain compiles the parts that are listed', () => {
    const parts = readFileSync(join(cc2Folder, 'sources.txt'), 'utf8').trim().split('\n')
    const script = readFileSync(join(cc2Folder, '../cc2.kaem'), 'utf8')
    const named = [...script.matchAll(/\bcc2\/(\w+\.c)\b/g)].map((match) => match[1])
    expect(named.filter((part) => part !== 'start.c')).toEqual(parts)
  })

  test('it is at most six thousand lines', () => {
    expect(cc2Source().toString().split('\n').length).toBeLessThanOrEqual(6000)
  })
})
