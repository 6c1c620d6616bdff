import { execFile, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Blob } from '../../src/oci/blob.js'
import { type Digest, sha256 } from '../../src/oci/digest.js'
import { encodeManifest } from '../../src/oci/manifest.js'
import { mediaTypes } from '../../src/oci/media-type.js'
import { pullBlob } from '../../src/oci/registry/pull-blob.js'
import { manifestDigest, pullManifest } from '../../src/oci/registry/pull-manifest.js'
import { type PushableImage, pushImage } from '../../src/oci/registry/push-image.js'
import { pushManifest } from '../../src/oci/registry/push-manifest.js'
import { listReferrers } from '../../src/oci/registry/referrers.js'
import { Registry } from '../../src/oci/registry/registry.js'
import type { Repository } from '../../src/oci/registry/repository.js'
import { listTags } from '../../src/oci/registry/tags.js'
import { LayerWriter } from '../../src/oci/layer-writer.js'
import { type RunningRegistry, hasDockerRegistry, startDockerRegistry } from './docker-registry.js'

const execute = promisify(execFile)
const scratch = mkdtempSync(join(tmpdir(), 'stagex-registry-peer-'))
const content = randomBytes(3_000_000)

describe.skipIf(!hasDockerRegistry())('Debian’s docker-registry', () => {
  let server: RunningRegistry
  let image: PushableImage

  beforeAll(async () => {
    server = await startDockerRegistry()
    image = await smallImage()
  })
  afterAll(async () => {
    await server.stop()
    rmSync(scratch, { recursive: true, force: true })
  })

  const repository = (path: string, chunkSize = 32 << 20): Repository => {
    const sleep = (milliseconds: number): Promise<void> =>
      new Promise((resolve) => setTimeout(resolve, milliseconds))
    const clock = { now: () => 0, sleep }
    const options = { clock, environment: {}, limits: { chunkSize } }
    return new Registry(server.host, options).repository(path)
  }

  const publish = async (path: string, chunkSize?: number): Promise<Digest> => {
    const { descriptor, source } = image.manifest
    await pushImage(repository(path, chunkSize), image)
    await pushManifest(repository(path), '1.0', descriptor, source.bytes)
    return descriptor.digest
  }

  test('takes an image, names it by its tag, and has nothing left to take', async () => {
    const digest = await publish('stagex/core-whole')
    expect(await manifestDigest(repository('stagex/core-whole'), '1.0')).toBe(digest)
    expect(await listTags(repository('stagex/core-whole'))).toEqual(['1.0'])
    const again = await pushImage(repository('stagex/core-whole'), image)
    expect(again).toEqual({ present: 2, mounted: 0, uploaded: 0 })
  })

  test('takes a layer in pieces', async () => {
    await publish('stagex/core-pieces', 400_000)
    const layer = image.blobs[1]?.descriptor
    const file = join(scratch, 'pieces')
    if (layer !== undefined) await pullBlob(repository('stagex/core-pieces'), layer, file)
    expect(sha256(readFileSync(file))).toBe(layer?.digest)
  })

  test('mounts layers of another repository', async () => {
    await publish('stagex/core-whole')
    const counts = await pushImage(repository('stagex/core-mounted'), image, {
      mountFrom: () => 'stagex/core-whole'
    })
    expect(counts).toEqual({ present: 0, mounted: 2, uploaded: 0 })
  })

  test('gives back the manifest’s bytes, and names no referrers', async () => {
    const digest = await publish('stagex/core-whole')
    const { bytes } = await pullManifest(repository('stagex/core-whole'), digest)
    expect(Buffer.from(bytes).equals(Buffer.from(image.manifest.source.bytes))).toBe(true)
    expect(await listReferrers(repository('stagex/core-whole'), digest)).toEqual([])
  })

  test.skipIf(!isInstalled('skopeo'))('has an image that skopeo copies unchanged', async () => {
    const digest = await publish('stagex/core-read')
    const reference = `docker://${server.host}/stagex/core-read:1.0`
    const inspect = ['inspect', '--tls-verify=false', '--format', '{{.Digest}}', reference]
    expect((await execute('skopeo', inspect)).stdout.trim()).toBe(digest)
    const copy = ['copy', '--insecure-policy', '--preserve-digests', '--src-tls-verify=false']
    await execute('skopeo', [...copy, reference, `dir:${join(scratch, 'copy')}`])
    expect(sha256(readFileSync(join(scratch, 'copy', 'manifest.json')))).toBe(digest)
  })

  test.skipIf(!isInstalled('podman'))('has an image that podman pulls', async () => {
    const digest = await publish('stagex/core-read')
    const reference = `${server.host}/stagex/core-read@${digest}`
    const places = ['--root', join(scratch, 'root'), '--runroot', join(scratch, 'run')]
    const podman = [...places, '--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs']
    await execute('podman', [...podman, 'pull', '--tls-verify=false', '--quiet', reference])
    const format = ['image', 'inspect', '--format', '{{.Digest}}', reference]
    expect((await execute('podman', [...podman, ...format])).stdout.trim()).toBe(digest)
  })
})

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0
}

async function smallImage(): Promise<PushableImage> {
  const file = join(scratch, 'layer')
  const writer = await LayerWriter.create(file)
  const entry = { path: 'data', type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 1 } as const
  await writer.entry({ ...entry, size: content.length })
  await writer.content(content)
  const { digest, size, diffId } = await writer.close()
  const text = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [diffId] }
  })
  const config = blob(mediaTypes.config, Buffer.from(text))
  const layer = { descriptor: { mediaType: mediaTypes.layerGzip, digest, size } }
  const manifest = encodeManifest({
    mediaType: mediaTypes.manifest,
    config: config.descriptor,
    layers: [layer.descriptor]
  })
  const blobs: Blob[] = [config, { ...layer, source: { path: file } }]
  return { manifest: blob(mediaTypes.manifest, Buffer.from(manifest)), blobs }
}

function blob(mediaType: string, bytes: Buffer): PushableImage['manifest'] {
  return { descriptor: { mediaType, digest: sha256(bytes), size: bytes.length }, source: { bytes } }
}
