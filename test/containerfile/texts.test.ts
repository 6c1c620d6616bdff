import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseContainerfile } from '../../src/containerfile/containerfile.js'
import { formatDuration, parseDuration } from '../../src/containerfile/duration.js'
import { goQuote, goQuoteList, goQuoteRune } from '../../src/containerfile/go-quote.js'
import {
  contextKey,
  formatImageName,
  parseImageName
} from '../../src/containerfile/image-reference.js'
import { formatPlatform, parsePlatform } from '../../src/containerfile/platform.js'
import { parseByteSize } from '../../src/containerfile/resolution/byte-size.js'
import { isPrintable } from '../../src/containerfile/printable.js'
import { LineReader } from '../../src/containerfile/syntax/logical-line.js'
import { AMD64 } from './golden-case.js'

describe('durations', () => {
  test.each([
    ['0', 0],
    ['1ns', 1],
    ['1.5us', 1500],
    ['2µs', 2000],
    ['1h2m3.004s', 3_723_004_000_000],
    ['-1.5s', -1_500_000_000],
    ['.5m', 30_000_000_000],
    ['1.0000000001s', 1_000_000_000]
  ])('%s is read', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds)
  })

  test.each(['', '1', 's', '.s', '1 s', '1d', '--1s', '3000h'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test('are written so that they read the same', () => {
    const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(whole, (duration) => parseDuration(formatDuration(duration)) === duration)
    )
  })

  test.each([
    [0, '0s'],
    [999, '999ns'],
    [1500, '1.5µs'],
    [1_000_000, '1ms'],
    [90_500_000_000, '1m30.5s'],
    [3_600_000_000_000, '1h0m0s']
  ])('%d is written %s', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text)
  })
})

describe('Go quotes', () => {
  test('texts', () => {
    expect(goQuote('a"b\\c\n\u0001\u007fé\u00a0\u200b😀\u{e0001}')).toBe(
      '"a\\"b\\\\c\\n\\x01\\x7fé\\u00a0\\u200b😀\\U000e0001"'
    )
    expect(goQuoteList([])).toBe('[]')
    expect(goQuoteList(['a', "b'"])).toBe(`["a" "b'"]`)
  })

  test('whole numbers as characters', () => {
    expect([3, 39, 65, 0xd800, 0x110000].map(goQuoteRune)).toEqual([
      "'\\x03'",
      "'\\''",
      "'A'",
      "'\ufffd'",
      "'\ufffd'"
    ])
  })
})

describe('printable characters', () => {
  const all = Array.from({ length: 0x110000 }, (_, rune) => rune)

  test('are as many as Unicode 15.0 has', () => {
    expect(all.filter(isPrintable)).toHaveLength(148_998)
  })

  test('are printable in every later Unicode too', () => {
    const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u
    expect(
      all.filter((rune) => isPrintable(rune) && !printable.test(String.fromCodePoint(rune)))
    ).toEqual([])
  })

  test.each([
    [0x20, true],
    [0x7e, true],
    [0x7f, false],
    [0xa0, false],
    [0xad, false],
    [0x300, true],
    [0x378, false],
    [0xd800, false],
    [0xe000, false],
    [0x1f600, true],
    [0x2ebf0, false],
    [0x10ffff, false]
  ])('%d: %s', (rune, printable) => {
    expect(isPrintable(rune)).toBe(printable)
  })
})

describe('image references', () => {
  test.each([
    ['debian', 'docker.io/library/debian:latest', 'debian'],
    ['debian:12', 'docker.io/library/debian:12', 'debian:12'],
    ['stagex/core-musl', 'docker.io/stagex/core-musl:latest', 'stagex/core-musl'],
    ['index.docker.io/a/b', 'docker.io/a/b:latest', 'a/b'],
    ['localhost/a', 'localhost/a:latest', 'localhost/a'],
    ['h.example:5000/a/b_c__d-e:T', 'h.example:5000/a/b_c__d-e:T', 'h.example:5000/a/b_c__d-e:T'],
    [
      `a@sha256:${'0'.repeat(64)}`,
      `docker.io/library/a@sha256:${'0'.repeat(64)}`,
      `a@sha256:${'0'.repeat(64)}`
    ],
    ['[::1]:80/a', '[::1]:80/a:latest', '[::1]:80/a']
  ])('%s is %s', (text, full, key) => {
    const name = parseImageName(text)
    expect(name === undefined ? '' : formatImageName(name)).toBe(full)
    expect(name === undefined ? '' : contextKey(name)).toBe(key)
  })

  test.each([
    '',
    'A',
    'a/B',
    'a:',
    'a:-x',
    'a//b',
    'a/',
    '/a',
    'a@b',
    'a@sha256:0',
    'a b',
    'a___b',
    '-a',
    'f'.repeat(64),
    'a'.repeat(256)
  ])('%s is none', (text) => {
    expect(parseImageName(text)).toBeUndefined()
  })
})

describe('platforms', () => {
  test.each([
    ['linux/amd64', 'linux/amd64'],
    ['Linux/X86_64', 'linux/amd64'],
    ['linux/i386', 'linux/386'],
    ['linux/arm', 'linux/arm'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/armel', 'linux/arm/v6'],
    ['linux/arm64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64/v8'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux', 'linux/amd64'],
    ['riscv64', 'linux/riscv64'],
    ['macos/arm64', 'darwin/arm64']
  ])('%s is %s', (text, platform) => {
    const parsed = parsePlatform(text, AMD64)
    expect(parsed === undefined ? '' : formatPlatform(parsed)).toBe(platform)
  })

  test.each(['', '/', 'linux/', 'a/b/c/d', 'nothing', 'linux/a b'])('%j is none', (text) => {
    expect(parsePlatform(text, AMD64)).toBeUndefined()
  })
})

test.each([
  ['64', 64],
  ['64k', 65536],
  ['1.5 MiB', 1_572_864],
  ['2GB', 2 * 2 ** 30],
  ['', undefined],
  ['k', undefined],
  ['-1', undefined],
  ['9999999p', undefined]
])('the size %j is %s bytes', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes)
})

describe('positions', () => {
  const lines = fc.array(
    fc.constantFrom(
      'a b',
      '  c \\',
      '# comment',
      '',
      'd\\',
      '\\',
      '\t\\ ',
      'e \\\r',
      'f\r',
      '\\\\'
    ),
    { maxLength: 12 }
  )

  test('lead from every character of a joined line back to that character', () => {
    fc.assert(
      fc.property(lines, (written) => {
        const text = written.join('\n')
        const reader = new LineReader('f', text)
        const physical = text.split('\n')
        for (let raw = reader.nextRaw(); raw !== undefined; raw = reader.nextRaw()) {
          const joined = reader.join(raw, '\\')
          Array.from(joined.text).forEach((character, offset) => {
            const { line, column } = joined.positionAt(offset)
            expect(physical[line - 1]?.[column - 1]).toBe(character)
          })
        }
      })
    )
  })

  test('count from after the byte-order mark', () => {
    const file = parseContainerfile('\ufeffFROM scratch\n', 'f')
    expect(file.stages[0]?.from.base.position).toEqual({ file: 'f', line: 1, column: 6 })
  })

  test('of words on continuation lines are where they stand', () => {
    const file = parseContainerfile('FROM scratch\nCOPY a \\\n# x\n   b \\\n\n  /c\n', 'f')
    const [copy] = file.stages[0]?.instructions ?? []
    expect(copy).toMatchObject({
      position: { line: 2, column: 1 },
      sources: [
        { position: { line: 2, column: 6 } },
        { text: 'b', position: { line: 4, column: 4 } }
      ],
      destination: { text: '/c', position: { line: 6, column: 3 } }
    })
  })
})
