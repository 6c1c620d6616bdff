import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { sha256 } from '../../../src/oci/digest.js'

/** What a test may do in place of the registry; true where it has answered (or never will). */
export type Meddler = (request: IncomingMessage, response: ServerResponse) => boolean

interface StoredManifest {
  readonly mediaType: string
  readonly bytes: Buffer
}

/** A registry in memory on 127.0.0.1: honest, but for what a test meddles with. */
export class RegistryServer {
  readonly blobs = new Map<string, Map<string, Buffer>>()
  readonly manifests = new Map<string, Map<string, StoredManifest>>()
  readonly uploads = new Map<string, Buffer>()
  /** `GET /v2/…` in order. */
  readonly requests: string[] = []
  readonly authorizations: (string | undefined)[] = []
  meddle: Meddler = () => false
  /** Entries of a page of tags. */
  pageSize = 1000
  host = ''
  #count = 0

  /** Starts a registry that lives as long as the running test. */
  static async start(): Promise<RegistryServer> {
    const registry = new RegistryServer()
    const server = createServer((request, response) => {
      registry.requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
      registry.authorizations.push(request.headers.authorization)
      // A client that leaves in the middle is a part of these tests.
      request.on('error', () => undefined)
      if (!registry.meddle(request, response))
        registry.#answer(request, response).catch(() => response.destroy())
    })
    registry.host = await listen(server)
    return registry
  }

  blob(path: string, bytes: Buffer): { digest: `sha256:${string}`; size: number } {
    const digest = sha256(bytes)
    inside(this.blobs, path).set(digest, bytes)
    return { digest, size: bytes.length }
  }

  manifest(path: string, reference: string, bytes: Buffer, mediaType: string): void {
    const stored = { mediaType, bytes }
    inside(this.manifests, path).set(reference, stored).set(sha256(bytes), stored)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', `http://${this.host}`)
    const [, path = '', kind = '', rest = ''] =
      /^\/v2\/(.+?)\/(blobs|manifests|tags|referrers)\/(.*)$/.exec(url.pathname) ?? []
    const body = await bodyOf(request)
    if (kind === 'blobs' && rest.startsWith('uploads/')) {
      this.#upload(request, response, url, path, body)
    } else if (kind === 'blobs') this.#blob(request, response, path, rest)
    else if (kind === 'manifests') {
      this.#manifest(request, response, path, decodeURIComponent(rest), body)
    } else if (kind === 'tags') this.#tags(response, url, path)
    else response.writeHead(404).end()
  }

  #blob(request: IncomingMessage, response: ServerResponse, path: string, digest: string): void {
    const bytes = inside(this.blobs, path).get(digest)
    if (bytes === undefined) {
      response.writeHead(404).end('{"errors":[{"code":"BLOB_UNKNOWN","message":"not here"}]}')
      return
    }
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const part = bytes.subarray(start)
    const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
    const headers = { 'content-length': part.length, 'docker-content-digest': digest }
    if (start === 0) response.writeHead(200, headers)
    else response.writeHead(206, { ...headers, ...range })
    response.end(request.method === 'HEAD' ? undefined : part)
  }

  #upload(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    path: string,
    body: Buffer
  ): void {
    const [mount, from] = [url.searchParams.get('mount'), url.searchParams.get('from')]
    const mounted = mount === null ? undefined : inside(this.blobs, from ?? '').get(mount)
    if (mounted !== undefined) {
      this.blob(path, mounted)
      response.writeHead(201, { location: `/v2/${path}/blobs/${mount ?? ''}` }).end()
      return
    }
    const id = request.method === 'POST' ? `/v2/${path}/blobs/uploads/u${this.#count++}` : ''
    const key = id === '' ? url.pathname : id
    const bytes = Buffer.concat([this.uploads.get(key) ?? Buffer.alloc(0), body])
    this.uploads.set(key, bytes)
    if (request.method === 'PUT') {
      this.#endUpload(response, path, url.searchParams.get('digest') ?? '', bytes)
      return
    }
    const status = request.method === 'GET' ? 204 : 202
    response
      .writeHead(status, {
        location: `${key}?state=1`,
        range: `0-${Math.max(0, bytes.length - 1)}`
      })
      .end()
  }

  #endUpload(response: ServerResponse, path: string, digest: string, bytes: Buffer): void {
    if (sha256(bytes) !== digest) {
      response.writeHead(400).end('{"errors":[{"code":"DIGEST_INVALID"}]}')
      return
    }
    this.blob(path, bytes)
    response.writeHead(201, { 'docker-content-digest': digest }).end()
  }

  #manifest(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    reference: string,
    body: Buffer
  ): void {
    if (request.method === 'PUT') {
      this.manifest(path, reference, body, request.headers['content-type'] ?? '')
      response.writeHead(201, { 'docker-content-digest': sha256(body) }).end()
      return
    }
    const stored = inside(this.manifests, path).get(reference)
    if (stored === undefined) {
      response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
      return
    }
    const { bytes, mediaType } = stored
    response.writeHead(200, {
      'content-type': mediaType,
      'content-length': bytes.length,
      'docker-content-digest': sha256(bytes)
    })
    response.end(request.method === 'HEAD' ? undefined : bytes)
  }

  #tags(response: ServerResponse, url: URL, path: string): void {
    const all = [...inside(this.manifests, path).keys()].filter((key) => !key.includes(':'))
    const start = Number(url.searchParams.get('last') ?? 0)
    const end = start + this.pageSize
    const link = end < all.length ? { link: `<${url.pathname}?last=${end}>; rel="next"` } : {}
    response.writeHead(200, link).end(JSON.stringify({ name: path, tags: all.slice(start, end) }))
  }
}

/** Starts a server for the running test; returns `127.0.0.1:<port>`. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function inside<T>(table: Map<string, Map<string, T>>, path: string): Map<string, T> {
  const found = table.get(path) ?? new Map<string, T>()
  table.set(path, found)
  return found
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    // What arrived before the client left is kept, as a registry keeps it.
  }
  return Buffer.concat(chunks)
}
