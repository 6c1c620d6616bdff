import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TarEntry } from '../../src/oci/tar/entry.js'
import { TarWriter } from '../../src/oci/tar/writer.js'
import { contentOf } from './content.js'
import { archiveOf, entriesIn, file } from './archive.js'

/** A path component in bytes: ASCII mostly, some beyond, never a dot alone. */
const component = fc
  .array(
    fc.oneof(fc.constantFrom('a', 'b', '.', '-', ' '), fc.integer({ min: 1, max: 255 }).map(byte)),
    {
      minLength: 1,
      maxLength: 140
    }
  )
  .map((characters) => characters.join('').replaceAll('/', 'x'))
  .filter((name) => !/^\.{1,2}$/.test(name))
const path = fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const id = fc.oneof(fc.nat(70_000), fc.constantFrom(2_097_151, 2_097_152, 4_294_967_294))
const mtime = fc.oneof(fc.nat(2_000_000_000), fc.constantFrom(-1, -1e9, 8 ** 11 - 1, 8 ** 11))
const common = { path, mode: fc.nat(0o7777), uid: id, gid: id, mtime }

const entry: fc.Arbitrary<TarEntry> = fc.oneof(
  fc.record({ ...common, type: fc.constant('file'), size: fc.nat(3000) }),
  fc.record({ ...common, type: fc.constantFrom('directory', 'fifo'), size: fc.constant(0) }),
  fc.record({
    ...common,
    type: fc.constantFrom('symlink', 'hardlink'),
    size: fc.constant(0),
    linkname: path
  }),
  fc.record({
    ...common,
    type: fc.constantFrom('character-device', 'block-device'),
    size: fc.constant(0),
    devmajor: fc.nat(4095),
    devminor: fc.nat(65_535)
  }),
  fc.record({
    ...common,
    type: fc.constant('file'),
    size: fc.nat(10),
    capability: fc.uint8Array({ minLength: 1, maxLength: 30 })
  })
)

describe('a layer tar', () => {
  test('is read back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
        const found = await entriesIn(archiveOf(entries))
        expect(found.map((member) => member.entry)).toEqual(entries.map(asRead))
        for (const { entry: of, content } of found) {
          expect(content.equals(contentOf({ kind: 'text', size: of.size }))).toBe(true)
        }
      })
    )
  })

  test('consists of whole blocks and ends with two of zeros', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3 }), (entries) => {
        const archive = archiveOf(entries)
        expect(archive.length % 512).toBe(0)
        expect(archive.subarray(-1024).every((value) => value === 0)).toBe(true)
      })
    )
  })

  test('does not depend on the pieces of content, and is cut only where the encoder may see it', () => {
    const content = contentOf({ kind: 'noise', size: 3333 })
    fc.assert(
      fc.property(fc.array(fc.nat(900), { minLength: 1, maxLength: 9 }), (sizes) => {
        expect(piecesOf(content, sizes)).toEqual(piecesOf(content, [content.length]))
      })
    )
  })

  test.each<[string, Partial<TarEntry>]>([
    ['an absolute path', { path: '/etc/passwd' }],
    ['a path that leads out', { path: 'a/../../b' }],
    ['an empty path', { path: '' }],
    ['a path with a trailing slash', { path: 'a/' }],
    ['an empty component', { path: 'a//b' }],
    ['a NUL in the path', { path: 'a\0b' }],
    ['text instead of bytes', { path: '\u65e5' }],
    ['text instead of bytes in a link', { type: 'symlink', linkname: '\u65e5' }],
    ['a file with a link name', { linkname: 'b' }],
    ['a link without one', { type: 'symlink' }],
    ['a directory with content', { type: 'directory', size: 1 }],
    ['file type bits in the mode', { mode: 0o100644 }],
    ['a negative size', { size: -1 }],
    ['a negative owner', { uid: -1 }],
    ['half a second', { mtime: 0.5 }],
    ['a device number that no header holds', { type: 'block-device', devmajor: 8 ** 7 }]
  ])('an entry is refused: %s', (_, fault) => {
    const writer = new TarWriter(() => undefined)
    expect(() => {
      writer.entry({ ...file('a', 0), ...fault })
    }).toThrow(expect.objectContaining({ code: 'tar/bad-entry' }))
  })

  test('content that is longer or shorter than its entry says is an error', () => {
    const writer = new TarWriter(() => undefined)
    const wrongLength = expect.objectContaining({ code: 'tar/content-length', where: 'a' }) as Error
    writer.entry(file('a', 10))
    expect(() => {
      writer.content(Buffer.alloc(11))
    }).toThrow(wrongLength)
    writer.content(Buffer.alloc(9))
    expect(() => {
      writer.entry(file('b', 0))
    }).toThrow(wrongLength)
    expect(() => {
      writer.close()
    }).toThrow(wrongLength)
    writer.content(Buffer.alloc(1))
    writer.close()
    expect(() => {
      writer.entry(file('c', 0))
    }).toThrow(expect.objectContaining({ code: 'tar/closed' }))
  })

  test('a file of more than 8 GiB has its size in an extended header', async () => {
    const pieces: Buffer[] = []
    const writer = new TarWriter((piece) => pieces.push(Buffer.from(piece)))
    writer.entry(file('large', 8 ** 11))
    expect(pieces.map((piece) => piece.length)).toEqual([512, 19, 493, 512])
    expect(pieces[1]?.toString()).toBe('19 size=8589934592\n')
    expect(pieces[3]?.toString('latin1', 124, 136)).toBe('00000000000\0')
    const archive = Buffer.concat(pieces)
    await expect(entriesIn(archive)).rejects.toMatchObject({ code: 'tar/truncated' })
  })
})

function byte(code: number): string {
  return String.fromCharCode(code)
}

function asRead(written: TarEntry): object {
  return expect.objectContaining({
    ...written,
    mtimeNanoseconds: 0,
    ...(written.capability ? { capability: Buffer.from(written.capability) } : {})
  }) as object
}

/** What the sink gets when content comes in pieces of these sizes, again and again. */
function piecesOf(content: Buffer, sizes: readonly number[]): Buffer {
  const pieces: Buffer[] = []
  const ends: number[] = []
  let written = 0
  const writer = new TarWriter((piece) => {
    pieces.push(Buffer.from(piece))
    ends.push((written += piece.length))
  })
  writer.entry(file('a', content.length))
  for (let start = 0, i = 0; start < content.length; i++) {
    const end = start + (sizes[i % sizes.length] ?? 0) + (i % 2)
    writer.content(content.subarray(start, end))
    start = end
  }
  writer.close()
  const unaligned = ends.filter((end) => end % 512 !== 0)
  expect(unaligned).toEqual([512 + content.length])
  return Buffer.concat(pieces)
}
