import type { Response } from '../../http/exchange.js'
import type { Blob } from '../blob.js'
import type { Repository } from './repository.js'

/** Where to send the bytes; undefined where the blob came from the other repository. */
export async function beginUpload(
  repository: Repository,
  { descriptor }: Blob,
  mountFrom: string | undefined
): Promise<URL | undefined> {
  const url = repository.url('blobs/uploads/')
  if (mountFrom !== undefined && mountFrom !== repository.path) {
    url.searchParams.set('mount', descriptor.digest)
    url.searchParams.set('from', mountFrom)
  }
  const response = await repository.persist(() =>
    repository.request({
      method: 'POST',
      url,
      what: 'an upload',
      expected: [201, 202],
      headers: { 'content-length': '0' },
      ...(mountFrom === undefined ? {} : { alsoFrom: mountFrom })
    })
  )
  response.body.destroy()
  return response.status === 201 ? undefined : nextLocation(repository, response)
}

/**
 * Ends an upload, with the blob's bytes or after they were sent.
 * @throws RegistryError, HttpError
 */
export async function endUpload(
  repository: Repository,
  { descriptor }: Blob,
  upload: URL,
  body: (() => AsyncIterable<Uint8Array>) | undefined
): Promise<void> {
  const url = new URL(upload)
  url.searchParams.set('digest', descriptor.digest)
  const response = await repository.request({
    method: 'PUT',
    url,
    what: `the upload of ${descriptor.digest}`,
    expected: [201],
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(body === undefined ? 0 : descriptor.size)
    },
    ...(body === undefined ? {} : { body })
  })
  response.body.destroy()
}

/**
 * Where an upload goes on.
 * @throws RegistryError `registry/bad-location`
 */
export function nextLocation(repository: Repository, response: Response): URL {
  return repository.follow(response.headers.location, response.url)
}
