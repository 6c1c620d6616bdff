import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import type { LayoutLayer } from '../../src/oci/layout-reader.js'
import { readLayer } from '../../src/oci/layer-reader.js'
import { LayerWriter } from '../../src/oci/layer-writer.js'
import { mediaTypes } from '../../src/oci/media-type.js'
import { archiveOf, file } from './archive.js'
import { contentOf } from './content.js'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'stagex-layer-'))
})
afterAll(() => {
  rmSync(directory, { recursive: true })
})

describe('writing a layer', () => {
  test('gives the two digests and the size of what it wrote', async () => {
    const path = join(directory, 'written')
    const writer = await LayerWriter.create(path)
    await writer.entry(file('a', 3_000_000))
    await writer.content(contentOf({ kind: 'text', size: 3_000_000 }))
    await writer.entry(file('b', 0))
    const layer = await writer.close()
    const written = readFileSync(path)
    expect(layer.size).toBe(written.length)
    expect(layer.digest).toBe(sha256(written))
    expect(layer.diffId).toBe(sha256(gunzipSync(written)))
    expect(gunzipSync(written).equals(archiveOf([file('a', 3_000_000), file('b', 0)]))).toBe(true)
  })

  test('never touches a file that is there', async () => {
    const path = join(directory, 'taken')
    writeFileSync(path, 'mine')
    await expect(LayerWriter.create(path)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  test('writes as it goes, so that a layer of any size takes little memory', async () => {
    const path = join(directory, 'streamed')
    const writer = await LayerWriter.create(path)
    const piece = contentOf({ kind: 'noise', size: 1_000_000 })
    await writer.entry(file('a', 8 * piece.length))
    for (let i = 0; i < 8; i++) {
      await writer.content(piece)
      expect(statSync(path).size).toBeGreaterThan(i * piece.length - 2_000_000)
    }
    await writer.close()
  })

  test('an incomplete layer cannot be closed, only given up', async () => {
    const writer = await LayerWriter.create(join(directory, 'incomplete'))
    await writer.entry(file('a', 10))
    await expect(writer.close()).rejects.toMatchObject({ code: 'tar/content-length' })
    await writer.abort()
  })
})

describe('reading a layer', () => {
  const tar = archiveOf([file('a', 1000), file('b', 100_000)])

  test.each([
    ['gzip', mediaTypes.layerGzip, gzipSync(tar)],
    ['the gzip of Docker', mediaTypes.dockerLayerGzip, gzipSync(tar)],
    [
      'several gzip members',
      mediaTypes.layerGzip,
      Buffer.concat([gzipSync(tar.subarray(0, 999)), gzipSync(tar.subarray(999))])
    ],
    ['a plain tar', mediaTypes.layerTar, tar]
  ])('in the form of %s', async (_, mediaType, bytes) => {
    expect(await pathsIn(layerOf(bytes, mediaType))).toEqual(['a', 'b'])
  })

  test.each([
    ['another content', 'layer/diff-id-mismatch', gzipSync(archiveOf([file('c', 0)]))],
    ['a cut-off stream', 'gzip/corrupt', gzipSync(tar).subarray(0, -9)],
    ['a wrong checksum', 'gzip/corrupt', changedAt(gzipSync(tar), -5)],
    ['no gzip at all', 'gzip/corrupt', tar],
    ['more than is allowed', 'gzip/too-large', gzipSync(Buffer.alloc(2_000_000))]
  ])('fails with %s', async (_, code, bytes) => {
    await expect(pathsIn(layerOf(bytes, mediaTypes.layerGzip))).rejects.toMatchObject({ code })
  })

  test('fails with a compression that is not read', async () => {
    const layer = layerOf(tar, mediaTypes.layerZstd)
    await expect(pathsIn(layer)).rejects.toMatchObject({ code: 'document/unsupported' })
  })

  test('fails when the file is not there', async () => {
    const layer = { ...layerOf(tar, mediaTypes.layerGzip), path: join(directory, 'nothing') }
    await expect(pathsIn(layer)).rejects.toMatchObject({ code: 'blob/missing' })
  })

  function layerOf(bytes: Uint8Array, mediaType: string): LayoutLayer {
    const digest = sha256(bytes)
    const path = join(directory, digest.slice(7))
    writeFileSync(path, bytes)
    return { descriptor: { mediaType, digest, size: bytes.length }, path, diffId: sha256(tar) }
  }
})

async function pathsIn(layer: LayoutLayer): Promise<string[]> {
  const paths = []
  for await (const { entry } of readLayer(layer, { tarSize: 1_000_000 })) paths.push(entry.path)
  return paths
}

function changedAt(bytes: Buffer, place: number): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt8((changed.at(place) ?? 0) ^ 1, changed.length + place)
  return changed
}
