import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../src/oci/digest.js'
import { mediaTypes } from '../../../src/oci/media-type.js'
import { pullBlob } from '../../../src/oci/registry/pull-blob.js'
import { manifestDigest, pullManifest } from '../../../src/oci/registry/pull-manifest.js'
import { pushBlob } from '../../../src/oci/registry/push-blob.js'
import { pushManifest } from '../../../src/oci/registry/push-manifest.js'
import { listReferrers } from '../../../src/oci/registry/referrers.js'
import { listTags } from '../../../src/oci/registry/tags.js'
import { blobOf, manifestOf, repositoryAt, temporaryFolder, waits } from './client-world.js'
import { RegistryServer } from './registry-server.js'

const path = 'stagex/core-sample'
const bytes = randomBytes(300_000)

describe('a blob that is pulled', () => {
  test('arrives as it is, and its bytes are counted', async () => {
    const server = await RegistryServer.start()
    const blob = blobOf(bytes)
    server.blob(path, bytes)
    const file = join(temporaryFolder(), 'blob')
    let count = 0
    await pullBlob(repositoryAt(server.host), blob.descriptor, file, (more) => (count += more))
    expect(sha256(readFileSync(file))).toBe(sha256(bytes))
    expect(count).toBe(bytes.length)
  })

  test('goes on where an earlier run ended', async () => {
    const server = await RegistryServer.start()
    server.blob(path, bytes)
    const file = join(temporaryFolder(), 'blob')
    writeFileSync(file, bytes.subarray(0, 200_000))
    const ranges: unknown[] = []
    server.meddle = ({ headers }) => {
      ranges.push(headers.range)
      return false
    }
    await pullBlob(repositoryAt(server.host), blobOf(bytes).descriptor, file)
    expect(sha256(readFileSync(file))).toBe(sha256(bytes))
    expect(ranges).toEqual(['bytes=200000-'])
  })

  test('begins again where an earlier run left something else', async () => {
    const server = await RegistryServer.start()
    server.blob(path, bytes)
    const file = join(temporaryFolder(), 'blob')
    writeFileSync(file, randomBytes(100))
    await pullBlob(repositoryAt(server.host), blobOf(bytes).descriptor, file)
    expect(sha256(readFileSync(file))).toBe(sha256(bytes))
  })

  test('goes on after a broken connection with what is missing', async () => {
    const server = await RegistryServer.start()
    server.blob(path, bytes)
    const file = join(temporaryFolder(), 'blob')
    const ranges: unknown[] = []
    server.meddle = ({ headers }, response) => {
      ranges.push(headers.range)
      if (ranges.length > 1) return false
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 100_000), () => {
        setTimeout(() => response.socket?.resetAndDestroy(), 50)
      })
      return true
    }
    await pullBlob(repositoryAt(server.host), blobOf(bytes).descriptor, file)
    expect(sha256(readFileSync(file))).toBe(sha256(bytes))
    expect(ranges).toEqual([undefined, 'bytes=100000-'])
  })

  test('of no bytes is an empty file, for which nobody is asked', async () => {
    const server = await RegistryServer.start()
    const file = join(temporaryFolder(), 'blob')
    await pullBlob(repositoryAt(server.host), blobOf(Buffer.alloc(0)).descriptor, file)
    expect(readFileSync(file)).toHaveLength(0)
    expect(server.requests).toEqual([])
  })
})

describe('a blob that is pushed', () => {
  test('lies in the registry, and is not sent twice', async () => {
    const server = await RegistryServer.start()
    const repository = repositoryAt(server.host)
    expect(await pushBlob(repository, blobOf(bytes))).toBe('uploaded')
    expect(server.blobs.get(path)?.get(sha256(bytes))?.equals(bytes)).toBe(true)
    expect(await pushBlob(repository, blobOf(bytes))).toBe('present')
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(1)
  })

  test('is taken from another repository of the registry where that has it', async () => {
    const server = await RegistryServer.start()
    server.blob('stagex/core-other', bytes)
    const options = { mountFrom: 'stagex/core-other' }
    expect(await pushBlob(repositoryAt(server.host), blobOf(bytes), options)).toBe('mounted')
    expect(server.requests.some((line) => line.startsWith('PUT'))).toBe(false)
  })

  test('is sent where that does not have it after all', async () => {
    const server = await RegistryServer.start()
    const options = { mountFrom: 'stagex/core-other' }
    expect(await pushBlob(repositoryAt(server.host), blobOf(bytes), options)).toBe('uploaded')
  })

  test('goes in pieces where it is large', async () => {
    const server = await RegistryServer.start()
    const repository = repositoryAt(server.host, { limits: { chunkSize: 100_001 } })
    let count = 0
    const onBytes = (more: number): void => {
      count += more
    }
    expect(await pushBlob(repository, blobOf(bytes), { onBytes })).toBe('uploaded')
    expect(server.blobs.get(path)?.get(sha256(bytes))?.equals(bytes)).toBe(true)
    expect(server.requests.filter((line) => line.startsWith('PATCH'))).toHaveLength(3)
    expect(count).toBe(bytes.length)
  })

  test('goes on with the piece in which the connection broke', async () => {
    const server = await RegistryServer.start()
    const repository = repositoryAt(server.host, { limits: { chunkSize: 100_000 } })
    let patches = 0
    server.meddle = ({ method }, response) => {
      if (method !== 'PATCH' || ++patches !== 2) return false
      response.socket?.resetAndDestroy()
      return true
    }
    expect(await pushBlob(repository, blobOf(bytes))).toBe('uploaded')
    expect(server.blobs.get(path)?.get(sha256(bytes))?.equals(bytes)).toBe(true)
    expect(waits).toEqual([1000])
    expect(patches).toBe(4)
  })

  test('begins again where a whole upload broke off', async () => {
    const server = await RegistryServer.start()
    let puts = 0
    server.meddle = ({ method }, response) => {
      if (method !== 'PUT' || ++puts > 1) return false
      response.socket?.resetAndDestroy()
      return true
    }
    expect(await pushBlob(repositoryAt(server.host), blobOf(bytes))).toBe('uploaded')
    expect(server.requests.filter((line) => line.startsWith('POST'))).toHaveLength(2)
  })

  test('is refused where the file is no longer what it was', async () => {
    const server = await RegistryServer.start()
    const file = join(temporaryFolder(), 'blob')
    const { descriptor } = blobOf(bytes)
    writeFileSync(file, randomBytes(bytes.length))
    const pushed = pushBlob(repositoryAt(server.host), { descriptor, source: { path: file } })
    await expect(pushed).rejects.toMatchObject({ code: 'registry/digest-mismatch' })
    expect(existsSync(file)).toBe(true)
    expect(server.blobs.get(path)?.has(descriptor.digest) ?? false).toBe(false)
  })
})

describe('manifests, tags and referrers', () => {
  const config = blobOf(Buffer.from('{}'))
  const manifest = manifestOf(config, blobOf(bytes))
  const descriptor = {
    mediaType: mediaTypes.manifest,
    digest: sha256(manifest),
    size: manifest.length
  }

  test('a manifest comes back by its tag and by its digest', async () => {
    const server = await RegistryServer.start()
    const repository = repositoryAt(server.host)
    expect(await pushManifest(repository, '1.0', descriptor, manifest)).toBe(true)
    expect(await pushManifest(repository, '1.0', descriptor, manifest)).toBe(false)
    const expected = { descriptor, bytes: manifest }
    expect(await pullManifest(repository, '1.0')).toEqual(expected)
    expect(await pullManifest(repository, descriptor.digest)).toEqual(expected)
    expect(await manifestDigest(repository, '1.0')).toBe(descriptor.digest)
    expect(await manifestDigest(repository, 'missing')).toBeUndefined()
  })

  test('tags come from every page', async () => {
    const server = await RegistryServer.start()
    server.pageSize = 2
    const tags = ['a', 'b', 'c', 'd', 'e']
    for (const tag of tags) server.manifest(path, tag, manifest, mediaTypes.manifest)
    expect(await listTags(repositoryAt(server.host))).toEqual(tags)
  })

  test('a repository that is not there has no tags', async () => {
    const server = await RegistryServer.start()
    server.meddle = (_request, response) => {
      response.writeHead(404).end()
      return true
    }
    expect(await listTags(repositoryAt(server.host))).toEqual([])
  })

  const referrer = { ...descriptor, mediaType: mediaTypes.manifest }
  const index = Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [referrer] })
  )

  test('referrers come from the API where there is one', async () => {
    const server = await RegistryServer.start()
    server.meddle = ({ url }, response) => {
      if (url?.includes('/referrers/') !== true) return false
      response.writeHead(200, { 'content-type': mediaTypes.index }).end(index)
      return true
    }
    const found = await listReferrers(repositoryAt(server.host), sha256('subject'))
    expect(found.map(({ digest }) => digest)).toEqual([descriptor.digest])
  })

  test('and from the tag that stands in for it, or there are none', async () => {
    const server = await RegistryServer.start()
    const repository = repositoryAt(server.host)
    const subject = sha256('subject')
    expect(await listReferrers(repository, subject)).toEqual([])
    server.manifest(path, subject.replace(':', '-'), index, mediaTypes.index)
    const found = await listReferrers(repository, subject)
    expect(found.map(({ digest }) => digest)).toEqual([descriptor.digest])
  })
})
