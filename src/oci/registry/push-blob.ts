import type { Blob } from '../blob.js'
import { blobContent } from './blob-content.js'
import { ChunkedUpload } from './chunked-upload.js'
import type { OnBytes } from './pull-blob.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'
import { beginUpload, endUpload } from './upload.js'

/** What became of a blob: it was there, it was taken from another repository, or its bytes were sent. */
export type PushedBlob = 'present' | 'mounted' | 'uploaded'

/** How to push a blob. */
export interface PushBlobOptions {
  /** The path of another repository of the registry that may have the blob. */
  readonly mountFrom?: string
  readonly onBytes?: OnBytes
}

/**
 * Pushes a blob unless the registry has it. A large one goes in pieces; after a broken connection the
 * registry is asked how far it came, and the rest is sent.
 * @throws RegistryError `registry/bad-location`, `registry/bad-response`, `registry/digest-mismatch`, and
 * those of every exchange
 */
export async function pushBlob(
  repository: Repository,
  blob: Blob,
  options: PushBlobOptions = {}
): Promise<PushedBlob> {
  const { digest, size } = blob.descriptor
  const onBytes = options.onBytes ?? (() => undefined)
  if (await hasBlob(repository, blob)) {
    onBytes(size)
    return 'present'
  }
  const pushed = await send(repository, blob, options.mountFrom, onBytes)
  // A registry may say that it took what it did not take.
  if (await hasBlob(repository, blob)) return pushed
  throw new RegistryError('registry/bad-response', 'the registry lost a blob that it took', {
    where: `${repository.name}@${digest}`
  })
}

async function send(
  repository: Repository,
  blob: Blob,
  mountFrom: string | undefined,
  onBytes: OnBytes
): Promise<PushedBlob> {
  const { size } = blob.descriptor
  const upload = await beginUpload(repository, blob, mountFrom)
  if (upload === undefined) {
    onBytes(size)
    return 'mounted'
  }
  if (size > repository.limits.chunkSize) {
    const location = await new ChunkedUpload(repository, blob, upload, onBytes).run()
    await repository.persist(() => endUpload(repository, blob, location, undefined))
  } else await uploadWhole(repository, blob, upload, onBytes)
  return 'uploaded'
}

/** Whether the registry has a blob of that digest and size. */
async function hasBlob(repository: Repository, { descriptor }: Blob): Promise<boolean> {
  const { digest, size } = descriptor
  const { status, headers, body } = await repository.persist(() =>
    repository.request({
      method: 'HEAD',
      url: repository.url(`blobs/${digest}`),
      what: `the blob ${digest}`,
      expected: [200, 404]
    })
  )
  body.destroy()
  return status === 200 && Number(headers['content-length'] ?? size) === size
}

/** Sends all of a blob in the request that ends the upload; begins again where it was broken off. */
async function uploadWhole(
  repository: Repository,
  blob: Blob,
  first: URL,
  onBytes: OnBytes
): Promise<void> {
  let upload: URL | undefined = first
  await repository.persist(async () => {
    const target: URL = upload ?? (await beginUpload(repository, blob, undefined)) ?? first
    upload = undefined
    let sent = 0
    const counted = (count: number): void => {
      sent += count
      onBytes(count)
    }
    try {
      await endUpload(repository, blob, target, () =>
        content(blob, 0, blob.descriptor.size, counted)
      )
    } catch (error) {
      onBytes(-sent)
      throw error
    }
  })
}

async function* content(
  blob: Blob,
  start: number,
  end: number,
  onBytes: OnBytes
): AsyncGenerator<Uint8Array> {
  for await (const piece of blobContent(blob, start, end)) {
    onBytes(piece.length)
    yield piece
  }
}
