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
        const packed = compress(['-9'], text(6, 400))
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
        for (const position of positions(packed.length * 8, 250)) {
          const done = unpack(withFlippedBit(packed, position))
          if (done.status === 0) expect(done.output?.equals(plain)).toBe(true)
          else expect(done).toMatchObject({ status: 1, output: undefined })
          if (done.status === 1) refused++
        }
        expect(refused).toBeGreaterThan(200)
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

      it('says what is missing on its command line', () => {
        expect(run(toolchain.tool(format.tool), ['--file', 'x'])).toMatchObject({ status: 1 })
        expect(run(toolchain.tool(format.tool), ['--what'])).toMatchObject({ status: 1 })
      })
    }
  )
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
