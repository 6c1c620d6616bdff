import type { BuiltImage } from '../image/built-image.js'
import type { Descriptor } from '../../oci/descriptor.js'
import type { Digest } from '../../oci/digest.js'
import { blobPath, hasBlob } from '../store/blob-store.js'
import { markUsed } from '../store/held.js'
import { readRecord, writeRecord } from '../store/record.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'

/** The image that was built from the inputs named by `key`, if all of its blobs are still there. */
export function knownImage(store: Store, key: Digest): BuiltImage | undefined {
  const image = readRecord(store, 'image', key) as BuiltImage | undefined
  if (image === undefined) return undefined
  const isThere = ({ digest, size }: Descriptor): boolean => hasBlob(store, digest, size)
  return blobsOf(image).every(isThere) ? image : undefined
}

/** Says that images are used now, so that they are not the first to be collected as garbage. */
export function markImagesUsed(store: Store, images: readonly BuiltImage[], since: number): void {
  for (const { digest } of images.flatMap(blobsOf)) markUsed(blobPath(store, digest), since)
}

function blobsOf(image: BuiltImage): Descriptor[] {
  const layers = image.layers.map((layer) => layer.descriptor)
  return [image.manifest, image.configDescriptor, ...layers]
}

/** Remembers what the inputs named by `key` gave. */
export function rememberImage(
  store: Store,
  session: Session,
  key: Digest,
  image: BuiltImage
): void {
  writeRecord(store, session, 'image', key, image)
}
