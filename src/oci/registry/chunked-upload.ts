import type { Response } from '../../http/exchange.js'
import type { Blob } from '../blob.js'
import { blobContent } from './blob-content.js'
import type { OnBytes } from './pull-blob.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'
import { nextLocation } from './upload.js'

/** An upload in pieces (distribution specification 1.1, "Pushing a blob in chunks"). */
export class ChunkedUpload {
  readonly #repository: Repository
  readonly #blob: Blob
  readonly #onBytes: OnBytes
  #upload: URL
  #offset = 0

  constructor(repository: Repository, blob: Blob, upload: URL, onBytes: OnBytes) {
    this.#repository = repository
    this.#blob = blob
    this.#upload = upload
    this.#onBytes = onBytes
  }

  /** Sends all pieces; returns where the upload is to be ended. */
  async run(): Promise<URL> {
    let broken = false
    while (this.#offset < this.#blob.descriptor.size) {
      await this.#repository.persist(async () => {
        if (broken) await this.#askOffset()
        broken = true
        if (this.#offset < this.#blob.descriptor.size) await this.#sendChunk()
        broken = false
      })
    }
    return this.#upload
  }

  async #sendChunk(): Promise<void> {
    const { limits } = this.#repository
    const start = this.#offset
    const end = Math.min(start + limits.chunkSize, this.#blob.descriptor.size)
    const response = await this.#repository.request({
      method: 'PATCH',
      url: this.#upload,
      what: `a part of ${this.#blob.descriptor.digest}`,
      expected: [202],
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(end - start),
        'content-range': `${start}-${end - 1}`
      },
      body: () => blobContent(this.#blob, start, end)
    })
    response.body.destroy()
    this.#upload = nextLocation(this.#repository, response)
    this.#advance(rangeEnd(response) ?? end, start + 1, end)
  }

  /** A registry may have taken a part of what was being sent when the connection broke. */
  async #askOffset(): Promise<void> {
    const response = await this.#repository.request({
      method: 'GET',
      url: this.#upload,
      what: `the upload of ${this.#blob.descriptor.digest}`,
      expected: [204]
    })
    response.body.destroy()
    if (response.headers.location !== undefined)
      this.#upload = nextLocation(this.#repository, response)
    this.#advance(rangeEnd(response) ?? 0, this.#offset, this.#blob.descriptor.size)
  }

  /** A registry that steps back, or stands still, could have the same bytes sent for ever. */
  #advance(offset: number, least: number, most: number): void {
    if (offset < least || offset > most) {
      throw new RegistryError('registry/bad-response', 'the registry miscounts an upload', {
        where: this.#blob.descriptor.digest,
        expected: `${least} to ${most} bytes`,
        found: `${offset} bytes`
      })
    }
    this.#onBytes(offset - this.#offset)
    this.#offset = offset
  }
}

/** How many bytes the registry has, by a header `Range: 0-<last>`; undefined where it does not say. */
function rangeEnd({ headers }: Response): number | undefined {
  const { range } = headers
  if (range === undefined) return undefined
  const last = /^(?:bytes=)?0-(\d{1,15})$/.exec(range)?.[1]
  // Registries write `0-0` where they have nothing; a first piece of one byte is never sent.
  if (last !== undefined) return Number(last) === 0 ? 0 : Number(last) + 1
  throw new RegistryError('registry/bad-response', 'the registry’s count of bytes cannot be read', {
    expected: '0-<last byte>',
    found: range.slice(0, 100)
  })
}
