import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import { type ImageFile, readImageTree } from '../../src/oci/image-tree.js'
import type { LayoutImage, LayoutLayer } from '../../src/oci/layout-reader.js'
import { mediaTypes } from '../../src/oci/media-type.js'
import type { TarEntry } from '../../src/oci/tar/entry.js'
import { treeDifference } from '../../src/oci/tree-difference.js'
import { archiveOf, file } from './archive.js'

const scratch = mkdtempSync(join(tmpdir(), 'stagex-image-tree-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

let count = 0

function layerOf(entries: readonly TarEntry[]): LayoutLayer {
  const path = join(scratch, String(count++))
  const bytes = archiveOf(entries)
  writeFileSync(path, bytes)
  const digest = sha256(bytes)
  const descriptor = { mediaType: mediaTypes.layerTar, digest, size: bytes.length }
  return { descriptor, path, diffId: digest }
}

/** Only the layers of an image matter to its files. */
function imageOf(...layers: readonly (readonly TarEntry[])[]): LayoutImage {
  return { layers: layers.map(layerOf) } as unknown as LayoutImage
}

async function treeOf(
  ...layers: readonly (readonly TarEntry[])[]
): Promise<Map<string, ImageFile>> {
  return new Map(await readImageTree(imageOf(...layers)))
}

async function pathsOf(...layers: readonly (readonly TarEntry[])[]): Promise<string[]> {
  return [...(await treeOf(...layers)).keys()]
}

function folder(path: string): TarEntry {
  return { ...file(path, 0), type: 'directory', mode: 0o755 }
}

describe('the files of an image', () => {
  test('are those of its layers, later ones over earlier ones, in order', async () => {
    const tree = await treeOf([file('b', 1), file('a', 3)], [file('b', 2), folder('c')])
    expect([...tree].map(([path, { size, type }]) => [path, type, size])).toEqual([
      ['a', 'file', 3],
      ['b', 'file', 2],
      ['c', 'directory', 0]
    ])
  })

  test('are told with content, links, devices and capabilities', async () => {
    const tree = await treeOf([
      { ...file('link', 0), type: 'symlink', linkname: '/else' },
      { ...file('null', 0), type: 'character-device', devmajor: 1, devminor: 3 },
      { ...file('ping', 2), capability: Uint8Array.of(1, 2), mode: 0o4755, uid: 7, gid: 8 },
      { ...file('pong', 0), type: 'hardlink', linkname: 'ping' }
    ])
    const digest = sha256(archiveOf([file('x', 2)]).subarray(512, 514))
    const ping = { type: 'file', mode: 0o4755, uid: 7, gid: 8, size: 2, digest, capability: '0102' }
    expect(tree.get('link')).toMatchObject({ type: 'symlink', target: '/else' })
    expect(tree.get('null')).toMatchObject({ type: 'character-device', device: [1, 3] })
    expect(tree.get('ping')).toEqual({ path: 'ping', ...ping })
    expect(tree.get('pong')).toEqual({ path: 'pong', ...ping })
  })

  test('that a whiteout names are gone, with all below', async () => {
    const below = [folder('d'), file('d/x', 1), file('dd', 1), file('e', 1)]
    expect(await pathsOf(below, [file('.wh.d', 0)])).toEqual(['dd', 'e'])
    expect(await pathsOf(below, [file('.wh.d', 0), folder('d'), file('d/y', 1)])).toEqual([
      'd',
      'd/y',
      'dd',
      'e'
    ])
  })

  test('are hidden by an opaque folder, but for those of its own layer', async () => {
    const below = [folder('d'), file('d/x', 1), file('e', 1)]
    const above = [folder('d'), file('d/new', 1), file('d/.wh..wh..opq', 0)]
    expect(await pathsOf(below, above)).toEqual(['d', 'd/new', 'e'])
  })

  test('below a folder are gone when a file takes its place', async () => {
    expect(await pathsOf([folder('d'), file('d/x', 1)], [file('d', 1)])).toEqual(['d'])
  })

  test.each([
    ['leads out', { ...file('x', 0), path: '../x' }],
    ['is longer than any path', { ...file('x', 0), path: `${'a/'.repeat(3000)}x` }],
    ['links to nothing', { ...file('x', 0), type: 'hardlink', linkname: 'nothing' } as const]
  ])('are not read on where a name %s', async (_, entry) => {
    // The writer refuses such names itself, so that the entry is changed in the finished archive.
    const image = entry.path.startsWith('..') ? forged('__/x', '../x') : imageOf([entry])
    await expect(readImageTree(image)).rejects.toMatchObject({ code: 'tar/bad-entry' })
  })

  test('are those that a plain model finds, whatever the layers', async () => {
    const name = fc.constantFrom('a', 'b', 'a/a', 'a/b', 'a/a/a', 'b/a')
    const mark = fc.constantFrom('.wh.a', '.wh.b', 'a/.wh.a', 'a/.wh..wh..opq', '.wh..wh..opq')
    const entry = fc.oneof(
      name.map((path) => file(path, 1)),
      name.map(folder),
      mark.map((path) => file(path, 0))
    )
    const layers = fc.array(fc.array(entry, { maxLength: 6 }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(layers, async (given) => {
        expect(await pathsOf(...given)).toEqual(modelOf(given))
      }),
      { numRuns: 200 }
    )
  })
})

/** An image whose one entry has another name, of the same length, than the writer would write. */
function forged(written: string, wanted: string): LayoutImage {
  const path = join(scratch, String(count++))
  const bytes = archiveOf([file(written, 0)])
  const sum = (text: string): number => [...Buffer.from(text)].reduce((a, b) => a + b, 0)
  bytes.write(wanted, 0, 'latin1')
  const checksum = parseInt(bytes.toString('latin1', 148, 154), 8) + sum(wanted) - sum(written)
  bytes.write(checksum.toString(8).padStart(6, '0'), 148, 'latin1')
  writeFileSync(path, bytes)
  const digest = sha256(bytes)
  const descriptor = { mediaType: mediaTypes.layerTar, digest, size: bytes.length }
  return { layers: [{ descriptor, path, diffId: digest }] } as unknown as LayoutImage
}

/** Layer by layer: first all marks take away, then all else is added. */
function modelOf(layers: readonly (readonly TarEntry[])[]): string[] {
  const kinds = new Map<string, string>()
  const removeBelow = (path: string): void => {
    const prefix = path === '' ? '' : `${path}/`
    for (const other of [...kinds.keys()]) if (other.startsWith(prefix)) kinds.delete(other)
  }
  for (const layer of layers) {
    const isMark = ({ path }: TarEntry): boolean => path.includes('.wh.')
    for (const { path } of layer.filter(isMark)) {
      const at = path.replace(/\.wh\.(?:\.wh\.\.opq)?/, '').replace(/\/$/, '')
      if (!path.endsWith('.wh..wh..opq')) kinds.delete(at)
      removeBelow(at)
    }
    const last = new Map(layer.filter((entry) => !isMark(entry)).map((each) => [each.path, each]))
    for (const { path, type } of last.values()) {
      if (type !== 'directory' && kinds.get(path) === 'directory') removeBelow(path)
    }
    for (const { path, type } of last.values()) kinds.set(path, type)
  }
  return [...kinds.keys()].sort()
}

describe('the difference of two images', () => {
  test('is what one has not, has more, and has otherwise', async () => {
    const before = await treeOf([
      file('gone', 1),
      file('same', 1),
      file('mode', 1),
      file('text', 5)
    ])
    const mode = { ...file('mode', 1), mode: 0o600 }
    const after = await treeOf([file('new', 1), file('same', 1), mode, file('text', 6)])
    const { removed, added, changed } = treeDifference(before, after)
    expect(removed.map(({ path }) => path)).toEqual(['gone'])
    expect(added.map(({ path }) => path)).toEqual(['new'])
    expect(changed.map((each) => each.after.path)).toEqual(['mode', 'text'])
  })

  test('is nothing between an image and itself in other layers', async () => {
    const one = await treeOf([file('a', 1), file('b', 2)])
    const two = await treeOf([file('a', 9)], [file('b', 2), file('a', 1)])
    expect(treeDifference(one, two)).toEqual({ removed: [], added: [], changed: [] })
  })
})
