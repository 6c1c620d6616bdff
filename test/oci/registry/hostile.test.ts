import { randomBytes } from 'node:crypto'
import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../src/oci/digest.js'
import { mediaTypes } from '../../../src/oci/media-type.js'
import { pullBlob } from '../../../src/oci/registry/pull-blob.js'
import { pullManifest } from '../../../src/oci/registry/pull-manifest.js'
import { pushBlob } from '../../../src/oci/registry/push-blob.js'
import { pushManifest } from '../../../src/oci/registry/push-manifest.js'
import { listTags } from '../../../src/oci/registry/tags.js'
import { listReferrers } from '../../../src/oci/registry/referrers.js'
import { blobOf, codeOf, manifestOf, repositoryAt, temporaryFolder, waits } from './client-world.js'
import { type Meddler, RegistryServer } from './registry-server.js'

const path = 'stagex/core-sample'
const bytes = randomBytes(50_000)
const blob = blobOf(bytes)
const manifest = manifestOf(blobOf(Buffer.from('{}')), blob)
const digest = sha256(manifest)
const large = Buffer.alloc(5 * 1024 * 1024, 32)

/** Answers every request the same way. */
function always(
  status: number,
  headers: Record<string, string | number> = {},
  body?: Buffer | string
): Meddler {
  return (_request, response) => {
    response.writeHead(status, headers).end(body)
    return true
  }
}

function asManifest(body: Buffer | string, headers: Record<string, string> = {}): Meddler {
  return always(200, { 'content-type': mediaTypes.manifest, ...headers }, body)
}

/** Sends a header and then a byte now and then, until the client has gone. */
const drip: Meddler = (_request, response) => {
  response.writeHead(200, { 'content-length': bytes.length, 'content-type': mediaTypes.manifest })
  dripInto(response)
  return true
}

function dripInto(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => {
    clearInterval(timer)
  })
}

const silence: Meddler = () => true
const rubbish: Meddler = (request) => {
  request.socket.end('220 mail.example ESMTP\r\n\r\n')
  return true
}

describe('a registry that lies about a blob', () => {
  test.each<[string, Meddler, string]>([
    ['other bytes', always(200, {}, randomBytes(bytes.length)), 'registry/digest-mismatch'],
    ['one bit changed', always(200, {}, flipped(bytes)), 'registry/digest-mismatch'],
    ['fewer bytes, declared', always(200, {}, bytes.subarray(1)), 'registry/size-mismatch'],
    ['more bytes, declared', always(200, {}, large), 'registry/size-mismatch'],
    ['more bytes, undeclared', chunkedAnswer(large), 'registry/size-mismatch'],
    ['fewer bytes, undeclared', chunkedAnswer(bytes.subarray(1)), 'registry/size-mismatch'],
    ['an empty answer', always(200, { 'content-length': 0 }), 'registry/size-mismatch'],
    ['a part that nobody asked for', always(206, partial(100), bytes), 'registry/busy'],
    ['no range that it could have', always(416), 'registry/busy'],
    ['nothing found', always(404), 'registry/not-found'],
    ['gone', always(410), 'registry/refused'],
    ['a teapot', always(418), 'registry/refused'],
    ['success without content', always(204), 'registry/bad-response'],
    ['429 for ever', always(429), 'registry/busy'],
    ['503 for ever', always(503, { 'retry-after': '1' }), 'registry/busy'],
    ['500 for ever', always(500), 'registry/busy'],
    ['a wait of a day', always(503, { 'retry-after': '86400' }), 'registry/busy'],
    ['nonsense when to come back', always(503, { 'retry-after': 'soon' }), 'registry/busy'],
    ['redirects without an end', always(307, { location: '/v2/again' }), 'http/bad-redirect'],
    ['a redirect to a file', always(302, { location: 'file:///etc/passwd' }), 'http/bad-redirect'],
    ['a redirect to nowhere', always(302, { location: 'http://[' }), 'http/bad-redirect'],
    [
      'a redirect to plain HTTP elsewhere',
      always(302, { location: 'http://registry.example/blob' }),
      'http/bad-redirect'
    ],
    ['silence', silence, 'http/timeout'],
    ['a byte now and then', drip, 'http/timeout'],
    ['something that is not HTTP', rubbish, 'http/bad-response']
  ])('by %s is refused, and nothing is kept', async (_what, meddle, code) => {
    const server = await RegistryServer.start()
    server.meddle = meddle
    const file = join(temporaryFolder(), 'blob')
    const repository = repositoryAt(server.host, { limits: { attempts: 2 } })
    expect(await codeOf(pullBlob(repository, blob.descriptor, file))).toBe(code)
    const kept = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
    // What a broken connection leaves is the blob's beginning or is thrown away by the next run's digest.
    expect(kept.length).toBeLessThan(bytes.length)
  })

  test('that a manifest declares to be endless is not asked for', async () => {
    const server = await RegistryServer.start()
    const descriptor = { ...blob.descriptor, size: Number.MAX_SAFE_INTEGER }
    const file = join(temporaryFolder(), 'blob')
    const pulled = pullBlob(repositoryAt(server.host), descriptor, file)
    expect(await codeOf(pulled)).toBe('registry/too-large')
    expect(server.requests).toEqual([])
  })

  test('a busy one is waited for as long as it asks, and then served by', async () => {
    const server = await RegistryServer.start()
    server.blob(path, bytes)
    let visits = 0
    server.meddle = (_request, response) => {
      visits++
      if (visits === 1) response.writeHead(429, { 'retry-after': '7' }).end()
      if (visits === 2) response.writeHead(503).end()
      return visits <= 2
    }
    const file = join(temporaryFolder(), 'blob')
    await pullBlob(repositoryAt(server.host), blob.descriptor, file)
    expect(waits).toEqual([7000, 2000])
    expect(sha256(readFileSync(file))).toBe(blob.descriptor.digest)
  })
})

describe('a registry that lies about a manifest', () => {
  const other = manifestOf(blobOf(Buffer.from('{ }')), blob)
  test.each<[string, Meddler, string]>([
    ['another manifest', asManifest(other), 'registry/digest-mismatch'],
    ['one with a space more', asManifest(`${manifest.toString()} `), 'registry/digest-mismatch'],
    ['no bytes', asManifest(''), 'registry/digest-mismatch'],
    ['far too many bytes', asManifest(large), 'registry/too-large'],
    [
      'a page for people',
      always(200, { 'content-type': 'text/html' }, '<p>'),
      'registry/digest-mismatch'
    ],
    ['silence', silence, 'http/timeout'],
    ['a byte now and then', drip, 'http/timeout']
  ])('by %s, asked for by its digest, is refused', async (_what, meddle, code) => {
    const server = await RegistryServer.start()
    server.meddle = meddle
    const repository = repositoryAt(server.host, { limits: { attempts: 1 } })
    expect(await codeOf(pullManifest(repository, digest))).toBe(code)
  })

  test.each<[string, Meddler, string]>([
    ['no JSON', asManifest('{'), 'registry/bad-response'],
    [
      'no manifest',
      asManifest('[]', { 'content-type': 'application/json' }),
      'registry/bad-response'
    ],
    [
      'a manifest that it calls an index',
      always(200, { 'content-type': mediaTypes.index }, manifest),
      'registry/bad-response'
    ],
    [
      'a digest that it does not have',
      asManifest(manifest, { 'docker-content-digest': sha256('other') }),
      'registry/digest-mismatch'
    ],
    ['nothing', always(404), 'registry/not-found'],
    ['a refusal', always(403), 'registry/denied']
  ])('by %s, asked for by its tag, is refused', async (_what, meddle, code) => {
    const server = await RegistryServer.start()
    server.meddle = meddle
    expect(await codeOf(pullManifest(repositoryAt(server.host), '1.0'))).toBe(code)
  })

  test('another manifest for a tag is refused where it is known which it must be', async () => {
    const server = await RegistryServer.start()
    server.meddle = asManifest(other)
    const repository = repositoryAt(server.host)
    expect(await codeOf(pullManifest(repository, '1.0', digest))).toBe('registry/digest-mismatch')
  })

  test.each([
    ['another digest', { 'docker-content-digest': sha256('other') }],
    ['none, and does not keep it', {}]
  ])('a push that it answers with %s is refused', async (_what, headers) => {
    const server = await RegistryServer.start()
    server.meddle = ({ method }, response) => {
      if (method !== 'PUT') return false
      response.writeHead(201, headers).end()
      return true
    }
    const descriptor = { mediaType: mediaTypes.manifest, digest, size: manifest.length }
    const pushed = pushManifest(repositoryAt(server.host), '1.0', descriptor, manifest)
    expect(await codeOf(pushed)).toBe('registry/digest-mismatch')
  })
})

describe('a registry that lies about an upload', () => {
  const elsewhere = { location: 'http://127.0.0.1:1/v2/x/blobs/uploads/1' }
  test.each<[string, string, number, Record<string, string>, string]>([
    ['sends it elsewhere', 'POST', 202, elsewhere, 'registry/bad-location'],
    ['sends it nowhere', 'POST', 202, {}, 'registry/bad-location'],
    ['sends it to a file', 'POST', 202, { location: 'file:///tmp/x' }, 'registry/bad-location'],
    [
      'sends it to another user',
      'POST',
      202,
      { location: 'http://user@127.0.0.1/' },
      'registry/bad-location'
    ],
    ['says that it mounted it', 'POST', 201, { location: '/' }, 'registry/bad-response'],
    ['says that it took it', 'PUT', 201, {}, 'registry/bad-response'],
    ['redirects it', 'PUT', 307, { location: 'http://127.0.0.1:1/' }, 'registry/bad-response'],
    ['refuses it', 'PUT', 400, {}, 'registry/refused'],
    ['counts too many bytes', 'PATCH', 202, counted('0-999999'), 'registry/bad-response'],
    ['counts in another unit', 'PATCH', 202, counted('lines 1-3'), 'registry/bad-response'],
    ['sends the next piece elsewhere', 'PATCH', 202, elsewhere, 'registry/bad-location'],
    ['lost the upload', 'PATCH', 404, {}, 'registry/not-found'],
    ['is full', 'PATCH', 507, {}, 'registry/busy']
  ])('and %s is refused', async (_what, when, status, headers, code) => {
    const server = await RegistryServer.start()
    server.meddle = ({ method }, response) => {
      if (method !== when) return false
      response.writeHead(status, headers).end()
      return true
    }
    const limits = { attempts: 2, chunkSize: when === 'PATCH' ? 20_000 : 1_000_000 }
    expect(await codeOf(pushBlob(repositoryAt(server.host, { limits }), blob))).toBe(code)
  })

  test('and never gets further is given up', async () => {
    const server = await RegistryServer.start()
    server.meddle = ({ method, url }, response) => {
      if (method !== 'PATCH') return false
      response.writeHead(202, { location: url ?? '', range: '0-0' }).end()
      return true
    }
    const repository = repositoryAt(server.host, { limits: { chunkSize: 20_000 } })
    expect(await codeOf(pushBlob(repository, blob))).toBe('registry/bad-response')
  })
})

describe('a registry that lies in a list', () => {
  test.each<[string, Meddler, string]>([
    ['without an end', endless, 'registry/too-large'],
    [
      'that goes on elsewhere',
      always(200, linkTo('http://127.0.0.1:1/'), '{}'),
      'registry/bad-location'
    ],
    ['that is no JSON', always(200, {}, 'tags'), 'registry/bad-response'],
    ['of numbers', always(200, {}, '{"tags":[1]}'), 'registry/bad-response'],
    ['of megabytes', always(200, {}, large), 'registry/too-large']
  ])('%s is refused', async (_what, meddle, code) => {
    const server = await RegistryServer.start()
    server.meddle = meddle
    expect(await codeOf(listTags(repositoryAt(server.host)))).toBe(code)
  })

  test('gets no name through that no tag can have', async () => {
    const server = await RegistryServer.start()
    server.meddle = always(200, {}, JSON.stringify({ tags: ['ok', '../x', '\u001b[2J', '-x', ''] }))
    expect(await listTags(repositoryAt(server.host))).toEqual(['ok'])
  })

  test('of referrers that is none is refused', async () => {
    const server = await RegistryServer.start()
    server.meddle = always(200, { 'content-type': mediaTypes.index }, '{"manifests":[{}]}')
    const listed = listReferrers(repositoryAt(server.host), digest)
    expect(await codeOf(listed)).toBe('registry/bad-response')
  })
})

test('an explanation from a registry comes without control characters', async () => {
  const server = await RegistryServer.start()
  const errors = [{ code: 'DENIED', message: '\u001b[31mno\u202e' }]
  server.meddle = always(403, {}, JSON.stringify({ errors }))
  const refused = pullManifest(repositoryAt(server.host), '1.0')
  await expect(refused).rejects.toMatchObject({ found: 'status 403 DENIED \\u{1b}[31mno\\u{202e}' })
})

test('Ctrl-C ends a transfer at once', async () => {
  const server = await RegistryServer.start()
  server.meddle = silence
  const stop = new AbortController()
  const repository = repositoryAt(server.host, { signal: stop.signal })
  const pulled = codeOf(pullManifest(repository, '1.0'))
  stop.abort()
  expect(await pulled).toBe('http/cancelled')
})

function flipped(from: Buffer): Buffer {
  const copy = Buffer.from(from)
  copy[1000] = (copy[1000] ?? 0) ^ 1
  return copy
}

/** Sends bytes without saying how many. */
function chunkedAnswer(body: Buffer): Meddler {
  return (_request, response) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' })
    response.write(body)
    response.end()
    return true
  }
}

function partial(start: number): Record<string, string> {
  return { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
}

function counted(range: string): Record<string, string> {
  return { range, location: '/v2/stagex/core-sample/blobs/uploads/u0' }
}

function linkTo(target: string): Record<string, string> {
  return { link: `<${target}>; rel="next"` }
}

function endless(...[, response]: Parameters<Meddler>): boolean {
  response.writeHead(200, linkTo('/v2/stagex/core-sample/tags/list?n=1')).end('{"tags":["a"]}')
  return true
}
