import type { BuiltImage } from '../image/built-image.js'
import type { Digest } from '../../oci/digest.js'
import { hasBlob } from '../store/blob-store.js'
import { readRecord, writeRecord } from '../store/record.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'

/** The image that was built from the inputs named by `key`, if all of its blobs are still there. */
export function knownImage(store: Store, key: Digest): BuiltImage | undefined {
  const image = readRecord(store, 'image', key) as BuiltImage | undefined
  if (image === undefined) return undefined
  const descriptors = [
    image.manifest,
    image.configDescriptor,
    ...image.layers.map((layer) => layer.descriptor)
  ]
  return descriptors.every(({ digest, size }) => hasBlob(store, digest, size)) ? image : undefined
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
