import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { linkSync, lutimesSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LayerWriter } from '../../src/oci/layer-writer.js'
import type { TarEntry } from '../../src/oci/tar/entry.js'
import { entriesIn, file } from '../oci/archive.js'

const long = `${'a'.repeat(90)}/${'b'.repeat(120)}`
let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'stagex-tar-'))
})
afterAll(() => {
  rmSync(directory, { recursive: true })
})

test('GNU tar and gzip read the layers that we write', async () => {
  const entries: readonly TarEntry[] = [
    { ...file('dir', 0), type: 'directory', mode: 0o1777 },
    { ...file('dir/set-ids', 3), mode: 0o6755, uid: 3_000_000, gid: 4_000_000_000 },
    { ...file('dir/hard', 0), type: 'hardlink', linkname: 'dir/set-ids', mode: 0o6755 },
    { ...file(long, 3), mtime: -1 },
    { ...file('soft', 0), type: 'symlink', mode: 0o777, linkname: long },
    { ...file('null', 0), type: 'character-device', mode: 0o666, devmajor: 1, devminor: 3 },
    { ...file('pipe', 0), type: 'fifo' }
  ]
  const layer = join(directory, 'layer.tar.gz')
  const writer = await LayerWriter.create(layer)
  for (const entry of entries) {
    await writer.entry(entry)
    if (entry.size > 0) await writer.content(Buffer.from('abc'))
  }
  await writer.close()
  execFileSync('gzip', ['--test', layer])
  expect(tar('--list', '--verbose', '--utc', '--file', layer).trimEnd().split('\n')).toEqual([
    'drwxrwxrwt 0/0               0 1970-01-01 00:00 dir/',
    '-rwsr-sr-x 3000000/4000000000 3 1970-01-01 00:00 dir/set-ids',
    'hrwsr-sr-x 0/0                0 1970-01-01 00:00 dir/hard link to dir/set-ids',
    `-rw-r--r-- 0/0                3 1969-12-31 23:59 ${long}`,
    `lrwxrwxrwx 0/0                0 1970-01-01 00:00 soft -> ${long}`,
    'crw-rw-rw- 0/0              1,3 1970-01-01 00:00 null',
    'prw-r--r-- 0/0                0 1970-01-01 00:00 pipe'
  ])
})

describe('we read what GNU tar writes', () => {
  beforeAll(() => {
    const tree = join(directory, 'tree')
    mkdirSync(join(tree, 'a'.repeat(90)), { recursive: true })
    writeFileSync(join(tree, long), 'long name')
    writeFileSync(join(tree, 'plain'), 'x'.repeat(1000))
    linkSync(join(tree, 'plain'), join(tree, 'zz-hard'))
    symlinkSync('t'.repeat(150), join(tree, 'soft'))
    utimesSync(join(tree, 'plain'), 5.25, 5.25)
    lutimesSync(join(tree, 'soft'), 7, 7)
  })

  test.each(['gnu', 'oldgnu', 'pax', 'posix'])('in the format %s', async (format) => {
    const found = await packed('--format', format, '.')
    expect(found.map(({ entry }) => [entry.path, entry.type, entry.linkname])).toEqual([
      ['.', 'directory', undefined],
      [`./${'a'.repeat(90)}`, 'directory', undefined],
      [`./${long}`, 'file', undefined],
      ['./plain', 'file', undefined],
      ['./soft', 'symlink', 't'.repeat(150)],
      ['./zz-hard', 'hardlink', './plain']
    ])
    expect(found[2]?.content.toString()).toBe('long name')
    const parts = format === 'pax' || format === 'posix' ? 250_000_000 : 0
    expect(found[3]?.entry).toMatchObject({ size: 1000, mtime: 5, mtimeNanoseconds: parts })
    expect(found[4]?.entry.mtime).toBe(7)
  })

  test.each(['v7', 'ustar'])('in the format %s, which has no long names', async (format) => {
    const [{ entry, content } = { entry: undefined, content: undefined }] = await packed(
      '--format',
      format,
      'plain'
    )
    expect(entry).toMatchObject({ path: 'plain', type: 'file', size: 1000, mtime: 5 })
    expect(content?.toString()).toBe('x'.repeat(1000))
  })

  test.each(['gnu', 'pax'])('but not sparse files in the format %s', async (format) => {
    execFileSync('truncate', ['--size', '10M', join(directory, 'tree/sparse')])
    const read = packed('--format', format, '--sparse', 'sparse')
    await expect(read).rejects.toMatchObject({ code: 'tar/sparse' })
    rmSync(join(directory, 'tree/sparse'))
  })

  function packed(...options: string[]): ReturnType<typeof entriesIn> {
    const archive = join(directory, 'archive.tar')
    const tree = join(directory, 'tree')
    tar('--create', '--sort=name', '--file', archive, '--directory', tree, ...options)
    return entriesIn(readFileSync(archive))
  }
})

function tar(...options: string[]): string {
  const env = { ...process.env, LC_ALL: 'C' }
  return execFileSync('tar', ['--numeric-owner', ...options], { encoding: 'utf8', env })
}
