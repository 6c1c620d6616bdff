import fc from 'fast-check'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { material, noise, randomFrom, text } from './material.js'
import { toolchains } from './toolchain.js'
import { inFolder, reference, run, type Outcome } from './workplace.js'

/** A compressor of the machine, and the tool of ours that undoes it. */
interface Format {
  readonly tool: string
  readonly program: string
  readonly options: readonly (readonly string[])[]
}

const levels = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((level) => [`-${level}`])
const checks = ['none', 'crc32', 'crc64', 'sha256'].map((check) => ['-1', '-C', check])

const formats: readonly Format[] = [
  { tool: 'ungzip', program: 'gzip', options: [...levels, ['-n', '-6']] },
  { tool: 'unbzip2', program: 'bzip2', options: levels },
  {
    tool: 'unxz',
    program: 'xz',
    options: [
      ...levels,
      ...checks,
      ['-0'],
      ['-6e'],
      ['-T2', '--block-size=4096'],
      ['--block-size=1000'],
      ['--lzma2=preset=6,lc=0,lp=4,pb=4'],
      ['--lzma2=preset=6,lc=4,lp=0,pb=0,dict=4096']
    ]
  }
]

const intact = (packed: Buffer): Buffer => packed

/** Files that are sound, or nearly, and that our tool must not take. */
const refused: readonly {
  readonly story: string
  readonly tool: string
  readonly options: readonly string[]
  readonly damage: (packed: Buffer) => Buffer
  readonly words: RegExp
}[] = [
  {
    story: 'a filter for machine code',
    tool: 'unxz',
    options: ['--x86', '--lzma2'],
    damage: intact,
    words: /only LZMA2/
  },
  {
    story: 'a dictionary of 96 MiB',
    tool: 'unxz',
    options: ['--lzma2=dict=96MiB'],
    damage: intact,
    words: /more than 64 MiB/
  },
  {
    story: 'padding that is no multiple of four',
    tool: 'unxz',
    options: [],
    damage: (packed) => Buffer.concat([packed, Buffer.alloc(3)]),
    words: /padding/
  },
  {
    story: 'a method other than deflate',
    tool: 'ungzip',
    options: [],
    damage: (packed) => Buffer.concat([Buffer.from([31, 139, 7]), packed.subarray(3)]),
    words: /not in gzip/
  },
  {
    story: 'a reserved flag',
    tool: 'ungzip',
    options: ['-n'],
    damage: (packed) => Buffer.concat([Buffer.from([31, 139, 8, 32]), packed.subarray(4)]),
    words: /unknown flags/
  },
  {
    story: 'a block size of none',
    tool: 'unbzip2',
    options: [],
    damage: (packed) => Buffer.concat([Buffer.from('BZh0'), packed.subarray(4)]),
    words: /not in bzip2/
  },
  {
    story: 'a block larger than its stream allows',
    tool: 'unbzip2',
    options: ['-9'],
    damage: (packed) => Buffer.concat([Buffer.from('BZh1'), packed.subarray(4)]),
    words: /block too large/
  }
]

/** Decompresses with our tool; the output is `undefined` where it left none. */
function decompress(tool: string, packed: Buffer): Outcome & { output: Buffer | undefined } {
  return inFolder((folder) => {
    const to = join(folder, 'plain')
    writeFileSync(join(folder, 'packed'), packed)
    const done = run(tool, ['--file', join(folder, 'packed'), '--output', to])
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    return { ...done, output: existsSync(to) ? readFileSync(to) : undefined }
  })
}

for (const toolchain of toolchains()) {
  describe.skipIf(toolchain.missing !== undefined).each(formats)(
    `$tool by ${toolchain.name}`,
    (format) => {
      const compress = (options: readonly string[], plain: Buffer): Buffer =>
        reference(format.program, [...options, '-c'], { input: plain })
      const unpack = (packed: Buffer): ReturnType<typeof decompress> =>
        decompress(toolchain.tool(format.tool), packed)

      it.each(format.options.map((options) => ({ options, name: options.join(' ') })))(
        `undoes ${format.program} $name`,
        ({ options }) => {
          fc.assert(
            fc.property(material(200_000), (plain) => {
              const done = unpack(compress(options, plain))
              expect(done).toMatchObject({ status: 0, stderr: '' })
              expect(done.output?.equals(plain)).toBe(true)
            }),
            { numRuns: 6 }
          )
        }
      )

      it('undoes a megabyte of text, noise and runs, larger than any buffer', () => {
        const plain = Buffer.concat([text(1, 700_000), noise(2, 300_000), Buffer.alloc(500_000)])
        const done = unpack(compress(['-9'], Buffer.concat([plain, plain])))
        expect(done.output?.equals(Buffer.concat([plain, plain]))).toBe(true)
      })

      it('joins the members of a file', () => {
        const parts = [text(3, 5000), Buffer.alloc(0), noise(4, 300), text(5, 90_000)]
        const packed = parts.map((part, i) => compress([`-${i + 1}`], part))
        expect(unpack(Buffer.concat(packed)).output?.equals(Buffer.concat(parts))).toBe(true)
      })

      it('refuses every truncation of a small file', () => {
        const packed = compress(['-9'], text(6, 150))
        for (let length = 0; length < packed.length; length++) {
          const done = unpack(packed.subarray(0, length))
          expect(done).toMatchObject({ status: 1, output: undefined })
          expect(done.stderr).toMatch(/: .*(unexpected end of file|not in \w+ format)/)
        }
      })

      it('refuses truncations of a large file', () => {
        const packed = compress(['-6'], Buffer.concat([text(7, 300_000), noise(8, 100_000)]))
        for (let i = 1; i < 10; i++) {
          const done = unpack(packed.subarray(0, Math.floor((packed.length * i) / 10)))
          expect(done).toMatchObject({ status: 1, output: undefined })
        }
      })

      it('never makes anything else of a file with a flipped bit', () => {
        const plain = text(9, 3000)
        const packed = compress(['-6'], plain)
        let refused = 0
        for (const position of positions(packed.length * 8, 130)) {
          const done = unpack(withFlippedBit(packed, position))
          if (done.status === 0) expect(done.output?.equals(plain)).toBe(true)
          else expect(done).toMatchObject({ status: 1, output: undefined })
          if (done.status === 1) refused++
        }
        expect(refused).toBeGreaterThan(100)
      })

      it('refuses other files and garbage behind the end', () => {
        const packed = compress(['-6'], text(10, 100))
        for (const bytes of [
          Buffer.alloc(0),
          Buffer.from('plain text, not compressed at all'),
          noise(11, 5000),
          Buffer.concat([packed, Buffer.from('x')]),
          Buffer.concat([packed, packed.subarray(0, packed.length - 3)]),
          Buffer.concat([packed, Buffer.alloc(4), packed.subarray(1)])
        ]) {
          expect(unpack(bytes)).toMatchObject({ status: 1, output: undefined })
        }
      })

      it('reads standard input and writes standard output where it is told -', () => {
        const plain = text(12, 100_000)
        const done = run(toolchain.tool(format.tool), ['-f', '-', '-o', '-'], {
          input: compress(['-6'], plain)
        })
        expect(done.stdout.equals(plain)).toBe(true)
      })

      it.each(refused.filter(({ tool }) => tool === format.tool))(
        'says what it does not know: $story',
        ({ options, damage, words }) => {
          const done = unpack(damage(compress(options, text(13, 300_000))))
          expect(done).toMatchObject({ status: 1, output: undefined })
          expect(done.stderr).toMatch(words)
        }
      )

      it('says what is missing on its command line', () => {
        expect(run(toolchain.tool(format.tool), ['--file', 'x'])).toMatchObject({ status: 1 })
        expect(run(toolchain.tool(format.tool), ['--what'])).toMatchObject({ status: 1 })
      })
    }
  )
}

describe.skipIf(toolchains()[0]?.missing !== undefined)('gzip headers', () => {
  it.each(toolchains())('are read with every optional field by $name', (toolchain) => {
    const plain = text(14, 5000)
    const body = reference('gzip', ['-n', '-c'], { input: plain }).subarray(10)
    const extra = Buffer.from([31, 139, 8, 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2])
    const fields = Buffer.concat([extra, Buffer.from('name\0comment\0')])
    expect(decompress(toolchain.tool('ungzip'), Buffer.concat([fields, body])).output).toEqual(
      plain
    )
    const checked = Buffer.from([31, 139, 8, 2, 0, 0, 0, 0, 0, 3])
    const crc = Buffer.alloc(2)
    crc.writeUInt16LE(crc32(checked) & 0xffff)
    const tool = toolchain.tool('ungzip')
    expect(decompress(tool, Buffer.concat([checked, crc, body])).output).toEqual(plain)
    crc.writeUInt16LE((crc32(checked) + 1) & 0xffff)
    expect(decompress(tool, Buffer.concat([checked, crc, body])).stderr).toMatch(
      /header's check sum/
    )
  })
})

/** CRC-32 as gzip and xz have it, bit by bit. */
function crc32(bytes: Buffer): number {
  let rest = 0xffffffff
  for (const byte of bytes) {
    rest ^= byte
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  }
  return ~rest >>> 0
}

/** Up to `count` different numbers below `limit`, spread at random but the same every time. */
function positions(limit: number, count: number): readonly number[] {
  const random = randomFrom(limit)
  return [...new Set(Array.from({ length: count }, () => Math.floor(random() * limit)))]
}

function withFlippedBit(bytes: Buffer, position: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[position >> 3] = (copy[position >> 3] ?? 0) ^ (1 << (position & 7))
  return copy
}
