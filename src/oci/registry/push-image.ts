import { inParallel } from '../../base/in-parallel.js'
import { byCodeUnit } from '../../base/order.js'
import type { Blob, DocumentBlob } from '../blob.js'
import type { Digest } from '../digest.js'
import type { OnBytes } from './pull-blob.js'
import { pushBlob, type PushedBlob } from './push-blob.js'
import { pushManifest } from './push-manifest.js'
import type { Repository } from './repository.js'

/** An image for one platform, ready to be pushed. */
export interface PushableImage {
  readonly manifest: DocumentBlob
  /** The config and the layers. */
  readonly blobs: readonly Blob[]
}

/** How to push an image. */
export interface PushImageOptions {
  /** Blobs at a time; 4 where absent. */
  readonly jobs?: number
  /** The path of a repository of the registry that is known to have a blob. */
  readonly mountFrom?: (digest: Digest) => string | undefined
  readonly onBytes?: OnBytes
}

/** How many blobs were there already, taken from another repository, or sent. */
export type PushCounts = Readonly<Record<PushedBlob, number>>

/**
 * Pushes an image's blobs, and then its manifest by its digest: no tag names it yet.
 * @throws RegistryError, HttpError
 */
export async function pushImage(
  repository: Repository,
  image: PushableImage,
  options: PushImageOptions = {}
): Promise<PushCounts> {
  const pushed = await inParallel(distinct(image.blobs), options.jobs ?? 4, (blob) => {
    const mountFrom = options.mountFrom?.(blob.descriptor.digest)
    return pushBlob(repository, blob, {
      ...(mountFrom === undefined ? {} : { mountFrom }),
      ...(options.onBytes === undefined ? {} : { onBytes: options.onBytes })
    })
  })
  const { descriptor, source } = image.manifest
  await pushManifest(repository, descriptor.digest, descriptor, source.bytes)
  const count = (kind: PushedBlob): number => pushed.filter((each) => each === kind).length
  return { present: count('present'), mounted: count('mounted'), uploaded: count('uploaded') }
}

/** The largest first, so that no large one is left for the end. */
function distinct(blobs: readonly Blob[]): Blob[] {
  const byDigest = new Map(blobs.map((blob) => [blob.descriptor.digest, blob]))
  return [...byDigest.values()].sort(
    ({ descriptor: a }, { descriptor: b }) => b.size - a.size || byCodeUnit(a.digest, b.digest)
  )
}
