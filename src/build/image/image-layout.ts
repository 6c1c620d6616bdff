import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Blob, DocumentBlob } from '../../oci/blob.js'
import type { Descriptor } from '../../oci/descriptor.js'
import { hexOf, sha256 } from '../../oci/digest.js'
import { type ImageIndex, encodeLayoutIndex, encodeNestedIndex } from '../../oci/image-index.js'
import { writeLayout } from '../../oci/layout-writer.js'
import { mediaTypes } from '../../oci/media-type.js'
import { blobPath, verifyBlob } from '../store/blob-store.js'
import type { Store } from '../store/store.js'
import type { BuiltImage } from './built-image.js'

/** What an image is called in its layout. */
export interface ImageName {
  /** `<stage>-<name>`. */
  readonly name: string
  readonly tag: string
}

/**
 * Makes `directory` the OCI layout of an image, unless it is already. Every blob is verified on its way.
 * @param images one for each platform
 * @returns whether anything had to be written
 * @throws BuildError `store/corrupt-blob`
 */
export async function writeImageLayout(
  store: Store,
  directory: string,
  imageName: ImageName,
  images: readonly BuiltImage[]
): Promise<boolean> {
  const nested = nestedIndex(images)
  const index = layoutIndex(imageName, nested.descriptor)
  const blobs = [nested, ...images.flatMap((image) => storedBlobs(store, image))]
  if (isComplete(directory, encodeLayoutIndex(index), blobs)) return false
  for (const { source, descriptor } of blobs) {
    if ('path' in source) await verifyBlob(store, descriptor.digest)
  }
  await writeLayout(directory, { index, blobs })
  return true
}

/** The index that names the manifest of each platform. */
export function nestedIndex(images: readonly BuiltImage[]): DocumentBlob {
  const manifests = images.map(({ manifest, config }) => {
    const { os, architecture, variant } = config.platform
    const platform = { architecture, os, ...(variant === undefined ? {} : { variant }) }
    return { ...manifest, platform }
  })
  const bytes = Buffer.from(encodeNestedIndex({ mediaType: mediaTypes.index, manifests }))
  const { index: mediaType } = mediaTypes
  return { descriptor: { mediaType, digest: sha256(bytes), size: bytes.length }, source: { bytes } }
}

function layoutIndex({ name, tag }: ImageName, nested: Descriptor): ImageIndex {
  const annotations = {
    'io.containerd.image.name': `docker.io/stagex/${name}:${tag}`,
    'org.opencontainers.image.created': '1970-01-01T00:00:01Z',
    'org.opencontainers.image.ref.name': tag
  }
  return { mediaType: mediaTypes.index, manifests: [{ ...nested, annotations }] }
}

function storedBlobs(store: Store, image: BuiltImage): Blob[] {
  const layers = image.layers.map((layer) => layer.descriptor)
  return [image.manifest, image.configDescriptor, ...layers].map((descriptor) => ({
    descriptor,
    source: { path: blobPath(store, descriptor.digest) }
  }))
}

function isComplete(directory: string, index: string, blobs: readonly Blob[]): boolean {
  const file = join(directory, 'index.json')
  if (!existsSync(file) || readFileSync(file, 'utf8') !== index) return false
  return blobs.every(({ descriptor }) => {
    const blob = join(directory, 'blobs', 'sha256', hexOf(descriptor.digest))
    return lstatSync(blob, { throwIfNoEntry: false })?.size === descriptor.size
  })
}
