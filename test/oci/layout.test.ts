import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { byCodeUnit } from '../../src/base/order.js'
import { type Digest, hexOf, sha256 } from '../../src/oci/digest.js'
import {
  createImage,
  type Image,
  layerBlob,
  layoutOf,
  rewrittenLayer
} from '../../src/oci/image.js'
import { readLayout } from '../../src/oci/layout-reader.js'
import { readLayer } from '../../src/oci/layer-reader.js'
import { LayerWriter } from '../../src/oci/layer-writer.js'
import { writeLayout } from '../../src/oci/layout-writer.js'
import { mediaTypes } from '../../src/oci/media-type.js'
import { file } from './archive.js'

const named = { name: 'docker.io/x/y:1', tag: '1', created: '1970-01-01T00:00:01Z' }
let directory: string
let layout: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stagex-layout-'))
  layout = join(directory, 'out', 'image')
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

describe('a layout', () => {
  test('is read back as it was written, and so are its layers', async () => {
    const image = await makeImage('amd64')
    await writeLayout(layout, layoutOf([image], named))
    const read = await readLayout(layout)
    const [found] = read.images
    expect(read.images).toHaveLength(1)
    expect(found?.descriptor).toEqual(image.manifest.descriptor)
    expect(found?.manifest.config).toEqual(image.config.descriptor)
    expect(found?.config.config.cmd).toEqual(['/a'])
    for (const layer of found?.layers ?? []) {
      for await (const { entry } of readLayer(layer)) expect(entry.path).toBe('file-amd64')
    }
  })

  test('holds what the specification says, in files that nobody writes to', async () => {
    const image = await makeImage('amd64')
    await writeLayout(layout, layoutOf([image], named))
    expect(readdirSync(layout).toSorted(byCodeUnit)).toEqual(['blobs', 'index.json', 'oci-layout'])
    expect(readFileSync(join(layout, 'oci-layout'), 'utf8')).toBe('{"imageLayoutVersion":"1.0.0"}')
    for (const name of readdirSync(join(layout, 'blobs/sha256'))) {
      const path = join(layout, 'blobs/sha256', name)
      expect(sha256(readFileSync(path))).toBe(`sha256:${name}`)
      expect(statSync(path).mode & 0o777).toBe(0o444)
    }
    expect(JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'))).toMatchObject({
      manifests: [{ annotations: { 'io.containerd.image.name': 'docker.io/x/y:1' } }]
    })
  })

  test('of an image for several platforms lists them all, and keeps a shared layer once', async () => {
    const images = [await makeImage('amd64', 'same'), await makeImage('arm64', 'same')]
    await writeLayout(layout, layoutOf(images, named))
    const platforms = (await readLayout(layout)).images.map((image) => image.config.platform)
    expect(platforms.map(({ architecture }) => architecture)).toEqual(['amd64', 'arm64'])
    expect(readdirSync(join(layout, 'blobs/sha256'))).toHaveLength(2 + 2 + 1 + 1)
  })

  test('shares its layer files with the store where it can', async () => {
    const image = await makeImage('amd64')
    await writeLayout(layout, layoutOf([image], named))
    const [layer] = image.layers
    if (!layer || !('path' in layer.source)) throw new Error('a layer is a file')
    const inLayout = statSync(blobFile(layer.descriptor.digest))
    expect(inLayout.ino).toBe(statSync(layer.source.path).ino)
  })

  test('replaces the one that was there, whole', async () => {
    await writeLayout(layout, layoutOf([await makeImage('amd64')], named))
    await writeLayout(layout, layoutOf([await makeImage('arm64')], named))
    const { images } = await readLayout(layout)
    expect(images.map(({ config }) => config.platform.architecture)).toEqual(['arm64'])
    expect(readdirSync(join(layout, 'blobs/sha256'))).toHaveLength(4)
    expect(readdirSync(join(directory, 'out'))).toEqual(['image'])
  })

  test('never replaces anything else', async () => {
    const content = layoutOf([await makeImage('amd64')], named)
    mkdirSync(layout, { recursive: true })
    writeFileSync(join(layout, 'thesis.tex'), 'years of work')
    await expect(writeLayout(layout, content)).rejects.toMatchObject({ code: 'layout/exists' })
    rmSync(layout, { recursive: true })
    writeFileSync(layout, 'a file')
    await expect(writeLayout(layout, content)).rejects.toMatchObject({ code: 'layout/exists' })
    expect(readFileSync(layout, 'utf8')).toBe('a file')
  })

  test('that cannot be finished leaves the one before as it was, and nothing else', async () => {
    await writeLayout(layout, layoutOf([await makeImage('amd64')], named))
    const broken = layerBlob({ digest: sha256('x'), size: 1 }, { path: join(directory, 'nothing') })
    const { index, blobs } = layoutOf([await makeImage('arm64')], named)
    await expect(writeLayout(layout, { index, blobs: [...blobs, broken] })).rejects.toThrow()
    expect((await readLayout(layout)).images[0]?.config.platform.architecture).toBe('amd64')
    expect(readdirSync(join(directory, 'out'))).toEqual(['image'])
  })

  test('is not written with a layer that changed its size', async () => {
    const image = await makeImage('amd64')
    const [layer] = image.layers
    if (!layer || !('path' in layer.source)) throw new Error('a layer is a file')
    chmodSync(layer.source.path, 0o644)
    writeFileSync(layer.source.path, 'short')
    const written = writeLayout(layout, layoutOf([image], named))
    await expect(written).rejects.toMatchObject({ code: 'blob/size-mismatch' })
    expect(existsSync(layout)).toBe(false)
  })

  test('written by several at once is that of one of them', async () => {
    const architectures = ['a', 'b', 'c', 'd', 'e']
    const contents = []
    for (const name of architectures) contents.push(layoutOf([await makeImage(name)], named))
    await Promise.all(contents.map((content) => writeLayout(layout, content)))
    const { images } = await readLayout(layout)
    expect(architectures).toContain(images[0]?.config.platform.architecture)
    expect(readdirSync(join(directory, 'out'))).toEqual(['image'])
  })
})

describe('a layout that nobody vouches for', () => {
  let blobs: Digest[]
  beforeEach(async () => {
    await writeLayout(layout, layoutOf([await makeImage('amd64'), await makeImage('arm64')], named))
    blobs = readdirSync(join(layout, 'blobs/sha256')).map((hex): Digest => `sha256:${hex}`)
  })

  const damages: [string, string, (path: string) => void][] = [
    ['missing', 'blob/missing', rmSync],
    [
      'a byte longer',
      'blob/size-mismatch',
      (path) => {
        rewriteFile(path, (bytes) => Buffer.concat([bytes, Buffer.of(0)]))
      }
    ],
    [
      'cut off',
      'blob/size-mismatch',
      (path) => {
        rewriteFile(path, (bytes) => bytes.subarray(1))
      }
    ],
    [
      'changed in one bit',
      'blob/digest-mismatch',
      (path) => {
        rewriteFile(path, flipped)
      }
    ],
    [
      'a link to something',
      'blob/missing',
      (path) => {
        renameSync(path, `${path}.real`)
        symlinkSync(`${path}.real`, path)
      }
    ],
    [
      'a pipe',
      'blob/missing',
      (path) => {
        rmSync(path)
        execFileSync('/usr/bin/mkfifo', [path])
      }
    ],
    [
      'a folder',
      'blob/missing',
      (path) => {
        rmSync(path)
        mkdirSync(path)
      }
    ]
  ]

  test.each(damages)('each blob in turn is %s: that blob is named', async (_, code, damage) => {
    expect(blobs).toHaveLength(7)
    for (const digest of blobs) {
      const path = blobFile(digest)
      const bytes = readFileSync(path)
      damage(path)
      await expect(readLayout(layout)).rejects.toMatchObject({ code, where: digest })
      rmSync(path, { recursive: true, force: true })
      writeFileSync(path, bytes)
    }
    expect((await readLayout(layout)).images).toHaveLength(2)
  })

  test('damaged layers go unnoticed only where they are not asked for', async () => {
    const { images } = await readLayout(layout)
    const path = images[0]?.layers[0]?.path ?? ''
    rewriteFile(path, flipped)
    await expect(readLayout(layout, { verifyLayers: false })).resolves.toBeDefined()
    await expect(readLayout(layout)).rejects.toMatchObject({ code: 'blob/digest-mismatch' })
  })

  test.each([
    ['no marker', 'layout/not-a-layout', 'oci-layout', undefined],
    ['a marker that is no JSON', 'document/bad-json', 'oci-layout', 'x'],
    ['a marker without a version', 'document/bad-field', 'oci-layout', '{}'],
    ['a version to come', 'document/unsupported', 'oci-layout', '{"imageLayoutVersion":"2.0.0"}'],
    ['no index', 'layout/not-a-layout', 'index.json', undefined],
    ['a huge index', 'blob/too-large', 'index.json', ' '.repeat(5_000_000)],
    ['an index of something else', 'document/unsupported', 'index.json', indexOf('text/plain', 1)],
    ['a manifest of 1 TB', 'blob/too-large', 'index.json', indexOf(mediaTypes.manifest, 2 ** 40)]
  ])('%s', async (_, code, name, text) => {
    rmSync(join(layout, name))
    if (text !== undefined) writeFileSync(join(layout, name), text)
    await expect(readLayout(layout)).rejects.toMatchObject({ code })
  })

  test('indexes in indexes without end are given up', async () => {
    let text = indexOf(mediaTypes.manifest, 1)
    for (let depth = 0; depth < 10; depth++) {
      const digest = sha256(text)
      writeFileSync(blobFile(digest), text)
      text = indexOf(mediaTypes.index, text.length, digest)
    }
    writeFileSync(join(layout, 'index.json'), text)
    await expect(readLayout(layout)).rejects.toMatchObject({ code: 'document/unsupported' })
  })

  test('a config with more layers than its manifest', async () => {
    const image = await makeImage('amd64')
    const config = { platform: { architecture: 'a', os: 'b' }, config: {}, history: [] }
    const wrong = createImage({ ...config, diffIds: [sha256('a'), sha256('b')] }, image.layers, {})
    await writeLayout(layout, layoutOf([wrong], named))
    await expect(readLayout(layout)).rejects.toMatchObject({
      code: 'document/bad-field',
      where: wrong.manifest.descriptor.digest
    })
  })
})

function indexOf(mediaType: string, size: number, digest = sha256('nothing')): string {
  return JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType, size, digest }] })
}

function blobFile(digest: Digest): string {
  return join(layout, 'blobs/sha256', hexOf(digest))
}

function rewriteFile(path: string, change: (bytes: Buffer) => Buffer): void {
  const changed = change(readFileSync(path))
  rmSync(path)
  writeFileSync(path, changed)
}

function flipped(bytes: Buffer): Buffer {
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  return bytes
}

/** A small image, its one layer a file beside the layout. */
async function makeImage(architecture: string, fileName = `file-${architecture}`): Promise<Image> {
  const path = join(directory, `layer-${architecture}`)
  rmSync(path, { force: true })
  const writer = await LayerWriter.create(path)
  await writer.entry(file(fileName, 5))
  await writer.content(Buffer.from('hello'))
  const written = await writer.close()
  chmodSync(path, 0o444)
  return createImage(
    {
      platform: { architecture, os: 'linux' },
      config: { cmd: ['/a'] },
      created: named.created,
      history: [{ created: named.created, createdBy: 'COPY' }],
      diffIds: [written.diffId]
    },
    [layerBlob(written, { path }, rewrittenLayer)],
    { 'org.opencontainers.image.version': '1' }
  )
}
