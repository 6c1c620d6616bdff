import { lstatSync, lutimesSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isArchive } from '../../src/build/copy/archive/is-archive.js'
import { unpackArchive } from '../../src/build/copy/archive/unpack-archive.js'
import { readableError } from '../../src/build/copy/copy-error.js'
import { type ArchiveItem, archiveBytes } from '../conformance/archive.js'
import { type PlainTree, makeTree, me, readTree, treeAt } from './copy/plain-tree.js'

const folder = mkdtempSync(join(tmpdir(), 'stagex-unpack-'))
let count = 0
afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface Place {
  readonly root: string
  readonly outside: string
  readonly archive: string
}

/** A root with what is there before, something outside that must stay as it is, and an archive. */
function place(bytes: Uint8Array, before: PlainTree = {}): Place {
  const path = join(folder, String(count++))
  makeTree(path, { root: before, outside: { victim: 'untouched', sub: {} } })
  const archive = join(path, 'archive')
  writeFileSync(archive, bytes)
  lutimesSync(join(path, 'outside/sub'), '12345', '12345')
  return { root: join(path, 'root'), outside: join(path, 'outside'), archive }
}

async function unpack(entries: readonly ArchiveItem[], before?: PlainTree): Promise<Place> {
  const made = place(await archiveBytes({ entries }), before)
  await unpackArchive(treeAt(made.root), '/', made.archive, me)
  return made
}

/** Unpacks what may or may not be refused; whatever happens, nothing outside may change. */
async function attack(entries: readonly ArchiveItem[], before?: PlainTree): Promise<unknown> {
  const made = place(await archiveBytes({ entries }), before)
  const fill = (text: string): string => text.replaceAll('OUTSIDE', made.outside)
  const aimed = entries.map((entry) => ({
    ...entry,
    path: fill(entry.path),
    ...(entry.linkname === undefined ? {} : { linkname: fill(entry.linkname) })
  }))
  writeFileSync(made.archive, await archiveBytes({ entries: aimed }))
  const error = await unpackArchive(treeAt(made.root), '/', made.archive, me).then(
    () => undefined,
    (reason: unknown) => readableError(reason, 'Containerfile:1:1')
  )
  expect(readTree(made.outside)).toEqual({ sub: {}, victim: 'untouched' })
  expect(lstatSync(join(made.outside, 'sub')).mtimeMs).toBe(12_345_000)
  expect(lstatSync(join(made.outside, 'victim')).nlink).toBe(1)
  if (error !== undefined)
    expect(error).toHaveProperty('code', expect.stringMatching(/^(build|tar)\//))
  return error
}

const link = (path: string, linkname: string): ArchiveItem => ({ path, type: 'symlink', linkname })
const hard = (path: string, linkname: string): ArchiveItem => ({ path, type: 'hardlink', linkname })
const dir = (path: string): ArchiveItem => ({ path, type: 'directory', mtime: 99 })
const file = (path: string, text = 'evil'): ArchiveItem => ({ path, text })

describe('an archive that means harm', () => {
  const attacks: [name: string, entries: ArchiveItem[]][] = [
    ['names a file above', [file('../outside/victim')]],
    ['goes in and out again', [file('a/../../outside/victim')]],
    ['names a file absolutely', [file('OUTSIDE/victim')]],
    ['goes through an absolute link', [link('l', 'OUTSIDE'), file('l/victim')]],
    ['goes through a relative link', [link('l', '../outside'), file('l/victim')]],
    [
      'goes through a link through a link',
      [link('a', '..'), link('b', 'a/outside'), file('b/victim')]
    ],
    ['writes over a link', [link('victim', 'OUTSIDE/victim'), file('victim')]],
    ['has a folder where a link was', [link('l', '../outside'), dir('l'), file('l/victim')]],
    ['has a link where a folder was', [dir('d'), dir('d/sub'), link('d', '../outside')]],
    ['has an absolute link where one was', [dir('d'), dir('d/sub'), link('d', 'OUTSIDE')]],
    ['links hard to a file above', [hard('h', '../outside/victim'), file('h')]],
    ['links hard to a file absolutely', [hard('h', 'OUTSIDE/victim'), file('h')]],
    ['links hard through a link', [link('l', '../outside'), hard('h', 'l/victim'), file('h')]],
    ['links hard to a link out', [link('l', '../outside/victim'), hard('h', 'l'), file('h')]],
    ['runs in circles', [link('a', 'b'), link('b', 'a'), file('a/x')]],
    ['is a link to itself', [link('a', 'a'), dir('a/b')]],
    ['links a file to itself', [file('x'), hard('x', 'x')]],
    ['links to a folder', [dir('d'), hard('h', 'd')]],
    ['holds a device', [{ path: 'sda', type: 'block-device', device: [8, 0] }]],
    ['has a file below a file', [file('f'), file('f/g')]],
    ['has a name of too many bytes', [{ ...file('x'), records: { path: 'n'.repeat(300) } }]],
    ['has a path of too many bytes', [{ ...file('x'), records: { path: 'n/'.repeat(3000) } }]],
    ['names nothing', [file('')]],
    ['names the root', [file('/'), link('.', 'OUTSIDE'), file('./..')]],
    ['promises more than it has', [{ ...file('x'), records: { size: '10737418240' } }]],
    ['has a size that is no number', [{ ...file('x'), records: { size: '-1' } }]],
    ['gives a file to nobody', [{ ...file('x'), records: { uid: '99999999999999' } }]]
  ]

  test.each(attacks)('%s', async (_name, entries) => {
    await attack(entries)
    await attack(entries, { d: { to: '../outside' }, l: { to: '../outside' }, h: { to: '/' } })
  })

  test('is told by a code where it is refused', async () => {
    expect(await attack([file('../x')])).toMatchObject({ code: 'build/bad-archive' })
    expect(await attack([link('l', '../..'), file('l/x')])).toMatchObject({
      code: 'build/bad-archive'
    })
    expect(await attack([hard('h', 'none')])).toMatchObject({ code: 'build/bad-archive' })
    expect(await attack([{ path: 'n', type: 'character-device' }])).toMatchObject({
      code: 'build/unsupported'
    })
  })
})

describe('an archive that is large', () => {
  test('may hold very many entries', async () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => file(`d${i % 100}/f${i}`, ''))
    const { root } = await unpack(entries)
    expect(Object.keys(readTree(root))).toHaveLength(100)
  }, 60_000)

  test('takes no room for zeros', async () => {
    const size = 300_000_000
    const entry = { path: 'zeros', records: { size: String(size) } }
    const start = await archiveBytes({ entries: [entry], unended: true })
    const zeros = Buffer.alloc(1 << 20)
    const rest = Array.from({ length: Math.ceil(size / zeros.length) + 1 }, () => zeros)
    const made = place(gzipSync(Buffer.concat([start, ...rest]), { level: 1 }))
    await unpackArchive(treeAt(made.root), '/', made.archive, me)
    const stat = lstatSync(join(made.root, 'zeros'))
    expect(stat.size).toBe(size)
    expect(stat.blocks).toBe(0)
  }, 60_000)
})

describe('what is an archive', () => {
  let tar: Buffer
  beforeAll(async () => {
    tar = await archiveBytes({ entries: [file('x')] })
  })

  test.each<[string, () => Uint8Array | Promise<Uint8Array>, boolean]>([
    ['a tar', () => tar, true],
    ['a compressed tar', () => gzipSync(tar), true],
    ['a tar that is cut after its first header', () => tar.subarray(0, 512), true],
    ['a tar that is cut in its first header', () => tar.subarray(0, 511), false],
    ['an empty file', () => Buffer.alloc(0), false],
    ['an empty tar', () => Buffer.alloc(1024), false],
    ['a compressed text', () => gzipSync('text'), false],
    ['a damaged gzip', () => gzipSync(tar).subarray(0, 30), false],
    ['what begins like bzip2', () => Buffer.from('BZh9 is not enough'), false],
    ['what begins like xz', () => Buffer.from('fd377a585a000000', 'hex'), false],
    ['what begins like zstd', () => Buffer.from('28b52ffd00', 'hex'), false],
    ['a tar compressed twice', () => gzipSync(gzipSync(tar)), false]
  ])('%s: %#', async (_name, bytes, expected) => {
    expect(await isArchive(place(await bytes()).archive)).toBe(expected)
  })
})
