import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readElf } from '../../../src/audit/elf/read-elf.js'
import { writeElf } from './elf-writer.js'
import { cpuMilliseconds } from '../../world/cpu-time.js'

const name = fc.stringMatching(/^[!-~]{1,20}$/)
const plan = fc.record(
  {
    wide: fc.boolean(),
    littleEndian: fc.boolean(),
    type: fc.constantFrom(1, 2, 3, 4),
    interpreter: name,
    needed: fc.array(name, { maxLength: 5 })
  },
  { requiredKeys: ['wide', 'littleEndian', 'type', 'needed'] }
)

describe('reading an ELF file', () => {
  it('gives the loader and the libraries, for each width and byte order', () => {
    fc.assert(
      fc.property(plan, (wanted) => {
        const { type, interpreter, needed } = wanted
        const kind = ['', 'object', 'program', 'shared'][type] ?? 'other'
        expect(readElf(writeElf(wanted))).toEqual({
          kind,
          needed,
          ...(interpreter !== undefined && { interpreter })
        })
      })
    )
  })

  it('survives any damage: changed bytes, and an early end', () => {
    const change = fc.tuple(fc.nat(), fc.nat(255))
    fc.assert(
      fc.property(plan, fc.array(change, { maxLength: 20 }), fc.nat(), (wanted, changes, cut) => {
        const whole = writeElf(wanted)
        for (const [at, value] of changes) whole[at % whole.length] = value
        const facts = readElf(whole.subarray(0, cut % (whole.length + 1)))
        expect(facts?.needed.length ?? 0).toBeLessThanOrEqual(1024)
      }),
      { numRuns: 3000 }
    )
  })

  it('survives any bytes behind a good beginning', () => {
    const start = fc.constantFrom([1, 1], [1, 2], [2, 1], [2, 2])
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 400 }), (identity, rest) => {
        const bytes = Buffer.from([0x7f, 0x45, 0x4c, 0x46, ...identity, ...rest])
        expect(Array.isArray(readElf(bytes)?.needed)).toBe(true)
      }),
      { numRuns: 3000 }
    )
  })

  it('takes no time over a file that claims tables without end', () => {
    const bytes = Buffer.alloc(1 << 22, 0xff)
    bytes.set(writeElf({ wide: true, littleEndian: true, type: 3, needed: ['libx.so'] }))
    bytes.writeUInt16LE(0xffff, 56)
    const before = cpuMilliseconds()
    readElf(bytes)
    expect(cpuMilliseconds() - before).toBeLessThan(1000)
  })

  it.each([
    ['nothing', ''],
    ['three bytes', '7f454c'],
    ['text', '23212f62696e2f7368'],
    ['a width of 3', '7f454c460301']
  ])('says that %s is none', (_, hex) => {
    expect(readElf(Buffer.from(hex, 'hex'))).toBeUndefined()
  })
})

const hasReadelf = spawnSync('readelf', ['--version']).status === 0

describe.skipIf(!hasReadelf)('programs of this machine', () => {
  it.each([process.execPath, '/bin/sh'])('say of %s what readelf says', (path) => {
    const { stdout } = spawnSync('readelf', ['-d', '-l', '-W', path], { encoding: 'utf8' })
    const facts = readElf(readFileSync(path))
    const needed = [...stdout.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, library]) => library)
    expect(facts?.needed).toEqual(needed)
    expect(facts?.interpreter).toBe(/program interpreter: (.*)\]/.exec(stdout)?.[1])
  })
})
