import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OciError } from '../../src/oci/error.js'
import { cleanPath } from '../../src/oci/tar/clean-path.js'
import { type HeaderFields, headerSum, writeHeader } from '../../src/oci/tar/header.js'
import { readTar } from '../../src/oci/tar/reader.js'
import { archiveOf, entriesIn, file, inPieces } from './archive.js'

const end = Buffer.alloc(1024)
const plain: HeaderFields = {
  name: 'name',
  typeFlag: '0',
  mode: 0o644,
  uid: 1,
  gid: 2,
  size: 0,
  mtime: 3
}

describe('an archive that others wrote', () => {
  test('comes out the same however its stream is cut', async () => {
    const archive = archiveOf([file('a', 700), file('b'.repeat(200), 0), file('c', 512)])
    const whole = await entriesIn(archive, {}, archive.length)
    for (const size of [1, 511, 512, 513, 4096]) {
      expect(await entriesIn(archive, {}, size)).toEqual(whole)
    }
  })

  test('may leave content unread', async () => {
    const archive = archiveOf([file('a', 100_000), file('b', 5)])
    const names = []
    for await (const { entry } of readTar(inPieces(archive, 4096))) names.push(entry.path)
    expect(names).toEqual(['a', 'b'])
  })

  test('is read to the end of its stream, beyond its own', async () => {
    let last = false
    async function* source(): AsyncGenerator<Uint8Array> {
      yield* inPieces(Buffer.concat([archiveOf([file('a', 1)]), Buffer.alloc(10_000, 1)]), 512)
      last = true
    }
    for await (const { entry } of readTar(source())) expect(entry.path).toBe('a')
    expect(last).toBe(true)
  })

  test('lets go of its stream when the reader stops early', async () => {
    let released = false
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield* inPieces(archiveOf([file('a', 1), file('b', 1)]), 512)
      } finally {
        released = true
      }
    }
    for await (const member of readTar(source())) {
      expect(member.entry.path).toBe('a')
      break
    }
    expect(released).toBe(true)
  })

  test.each<[string, Buffer, object]>([
    ['GNU long names', gnuLong('L', 'n'.repeat(300)), { path: 'n'.repeat(300) }],
    [
      'a GNU long link name',
      gnuLong('K', 'l'.repeat(300), { typeFlag: '2' }),
      { type: 'symlink', linkname: 'l'.repeat(300) }
    ],
    ['a prefix', header({ prefix: 'a/b' }), { path: 'a/b/name' }],
    ['an old directory', header({ name: 'dir/' }), { path: 'dir', type: 'directory' }],
    ['an old file', header({ typeFlag: '\0' }), { type: 'file' }],
    ['a contiguous file', header({ typeFlag: '7' }), { type: 'file' }],
    ['a time before 1970', pax('mtime=-1.25'), { mtime: -2, mtimeNanoseconds: 750_000_000 }],
    ['parts of a second', pax('mtime=5.123456789123'), { mtime: 5, mtimeNanoseconds: 123_456_789 }],
    ['an empty record, which says nothing', pax('path='), { path: 'name' }],
    ['records of others', pax('comment=hi', 'VENDOR.x=\0\n='), { path: 'name' }],
    ['a global header', Buffer.concat([extended('g', 'path=all'), header({})]), { path: 'name' }],
    ['a number in base 256', patched(124, '800000000000000000000000'), { size: 0 }],
    ['a negative number in base 256', patched(136, 'ffffffffffffffffffffffff'), { mtime: -1 }],
    ['numbers led by spaces', patched(108, '2020203331372000'), { uid: 0o317 }],
    ['a signed checksum', signedChecksum(), { path: '\u00e9' }],
    ['a size of what has no content', header({ typeFlag: '5', size: 99 }), { size: 0 }]
  ])('%s', async (_, archive, expected) => {
    const [member] = await entriesIn(Buffer.concat([archive, end]))
    expect(member?.entry).toMatchObject(expected)
  })

  test('may end without any zeros, or with one block of them', async () => {
    expect(await entriesIn(header({}))).toHaveLength(1)
    expect(await entriesIn(Buffer.concat([header({}), Buffer.alloc(512)]))).toHaveLength(1)
    expect(await entriesIn(Buffer.alloc(0))).toHaveLength(0)
  })
})

describe('a broken archive is refused', () => {
  test.each<[string, string, Buffer]>([
    ['a checksum that is wrong', 'tar/bad-header', Buffer.alloc(512, 'x')],
    ['something else than digits', 'tar/bad-header', patched(124, '3839000000000000')],
    ['a size beyond all bounds', 'tar/bad-header', patched(124, '80ffffffffffffffffffffff')],
    ['a negative size', 'tar/bad-header', patched(124, 'ffffffffffffffffffffffff')],
    ['zeros in the middle', 'tar/bad-header', Buffer.concat([Buffer.alloc(512), header({})])],
    ['an end within a header', 'tar/truncated', header({}).subarray(0, 300)],
    ['an end within content', 'tar/truncated', header({ size: 10 })],
    ['an end within padding', 'tar/truncated', Buffer.concat([header({ size: 1 }), Buffer.of(1)])],
    ['an extended header at the end', 'tar/truncated', extended('x', 'path=a')],
    ['a sparse file (GNU)', 'tar/sparse', header({ typeFlag: 'S' })],
    ['a sparse file (PAX)', 'tar/sparse', pax('GNU.sparse.major=1')],
    ['a volume label', 'tar/unsupported-type', header({ typeFlag: 'V' })],
    ['a record without a value', 'tar/bad-pax', withData('x', '8 path\n\n')],
    ['a record that is too long', 'tar/bad-pax', withData('x', '99 path=a\n')],
    ['a record of length 0', 'tar/bad-pax', withData('x', '0 a=b\n')],
    ['a record whose length is no number', 'tar/bad-pax', withData('x', '1e1 a=bcd\n')],
    ['a record with no end', 'tar/bad-pax', withData('x', '99999999999999999')],
    ['a size that is no number', 'tar/bad-pax', pax('size=1x')],
    ['a size that no file has', 'tar/bad-pax', pax('size=99999999999999999999')],
    ['a time that is no number', 'tar/bad-pax', pax('mtime=now')],
    ['a huge extended header', 'tar/too-large', header({ typeFlag: 'x', size: 2 ** 30 })],
    ['a huge long name', 'tar/too-large', header({ typeFlag: 'L', size: 2 ** 30 })]
  ])('%s', async (_, code, archive) => {
    await expect(entriesIn(archive)).rejects.toMatchObject({ code })
  })

  test('one that exceeds what its reader allows', async () => {
    const archive = archiveOf([file('a', 600), file('b', 600), file('c', 0)])
    await expect(entriesIn(archive, { entries: 3, contentSize: 1200 })).resolves.toHaveLength(3)
    const tooLarge = { code: 'tar/too-large' }
    await expect(entriesIn(archive, { entries: 2 })).rejects.toMatchObject(tooLarge)
    await expect(entriesIn(archive, { contentSize: 1199 })).rejects.toMatchObject(tooLarge)
  })

  test('any change of any archive is read, or refused with a code', async () => {
    const archive = archiveOf([
      file('a', 600),
      { ...file('b'.repeat(120), 3), uid: 3_000_000, capability: Buffer.from([1, 2, 3]) },
      { ...file('l', 0), type: 'symlink', linkname: 'a' }
    ])
    const change = fc.tuple(fc.nat(archive.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const changed = Buffer.from(archive)
        for (const [place, value] of changes) changed[place] = value
        fixChecksums(changed)
        const outcome = await entriesIn(changed).catch((error: unknown) => error)
        if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(OciError)
      }),
      { numRuns: 1000 }
    )
  })
})

describe('the path that a name means', () => {
  test.each([
    ['a/b', 'a/b'],
    ['/a//b/', 'a/b'],
    ['./a/./b', 'a/b'],
    ['a/../b', 'b'],
    ['.', ''],
    ['', ''],
    ['..', undefined],
    ['a/../../b', undefined],
    ['/../b', undefined],
    ['...', '...']
  ])('%j is %j', (name, path) => {
    expect(cleanPath(name)).toBe(path)
  })
})

function header(fields: Partial<HeaderFields>): Buffer {
  const block = Buffer.alloc(512)
  writeHeader(block, { ...plain, ...fields })
  return block
}

/** A header with bytes put at an offset, and the checksum to it. */
function patched(offset: number, hex: string): Buffer {
  const block = header({})
  block.write(hex, offset, 'hex')
  return withChecksum(block)
}

function withChecksum(block: Buffer): Buffer {
  block.write(`${headerSum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** As programs wrote it that added bytes as signed numbers. */
function signedChecksum(): Buffer {
  const block = header({ name: '\u00e9' })
  block.write(`${(headerSum(block) - 256).toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** An extended header with this data, and no entry after it. */
function withData(typeFlag: string, data: string): Buffer {
  const padded = Buffer.alloc(Math.ceil(data.length / 512) * 512)
  padded.write(data, 'latin1')
  return Buffer.concat([header({ typeFlag, size: data.length }), padded])
}

function extended(typeFlag: string, ...records: string[]): Buffer {
  const lines = records.map((record) => {
    const rest = record.length + 2
    const length = rest + String(rest + 2).length
    return `${length} ${record}\n`
  })
  return withData(typeFlag, lines.join(''))
}

function pax(...records: string[]): Buffer {
  return Buffer.concat([extended('x', ...records), header({})])
}

function gnuLong(typeFlag: string, text: string, fields: Partial<HeaderFields> = {}): Buffer {
  return Buffer.concat([withData(typeFlag, `${text}\0`), header(fields)])
}

/** Gives every block that looks like a header its checksum, so that changes get past it. */
function fixChecksums(archive: Buffer): void {
  for (let start = 0; start < archive.length; start += 512) {
    const block = archive.subarray(start, start + 512)
    if (block.toString('latin1', 257, 262) === 'ustar') withChecksum(block)
  }
}
