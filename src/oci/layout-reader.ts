import { join } from 'node:path'
import { blobPath, readBlob, readSmallFile, verifyBlob } from './blob-file.js'
import type { Descriptor } from './descriptor.js'
import type { Digest } from './digest.js'
import { OciError } from './error.js'
import type { ImageConfig } from './image-config.js'
import type { ImageIndex } from './image-index.js'
import type { Manifest } from './manifest.js'
import { isIndexType, isManifestType } from './media-type.js'
import {
  largestDocument,
  parseImageConfig,
  parseIndex,
  parseLayoutVersion,
  parseManifest
} from './parse-document.js'

/** A layout whose documents, and unless asked otherwise layers, were all verified. */
export interface Layout {
  readonly index: ImageIndex
  /** In the order in which the indexes list them. */
  readonly images: readonly LayoutImage[]
}

/** One image of a layout. */
export interface LayoutImage {
  readonly descriptor: Descriptor
  readonly manifest: Manifest
  readonly config: ImageConfig
  readonly layers: readonly LayoutLayer[]
}

/** A layer: its blob, the file that holds it, and the digest of its uncompressed tar. */
export interface LayoutLayer {
  readonly descriptor: Descriptor
  readonly path: string
  readonly diffId: Digest
}

/** What {@link readLayout} is to do beyond the documents. */
export interface ReadLayoutOptions {
  /** Whether layer blobs are read and verified too; true by default. */
  readonly verifyLayers?: boolean
}

/** Indexes may list indexes this deep; a layout of an image for one platform has two levels. */
const deepestIndex = 4
/** The most images and indexes that one layout may hold. */
const mostDocuments = 1000

/**
 * Reads the layout in `directory`, following index, manifest, config and layers, and verifies the size
 * and digest of every blob on the way. Nothing in it is trusted.
 * @throws OciError `layout/…`, `blob/…`, `document/…`, naming the blob
 */
export async function readLayout(
  directory: string,
  options: ReadLayoutOptions = {}
): Promise<Layout> {
  await checkMarker(directory)
  const index = await readIndex(directory)
  const images: LayoutImage[] = []
  const verified = new Set<Digest>()
  for (const descriptor of await manifestsOf(directory, index)) {
    const image = await readImage(directory, descriptor)
    images.push(image)
    if (options.verifyLayers ?? true) await verifyLayers(directory, image, verified)
  }
  return { index, images }
}

async function readIndex(directory: string): Promise<ImageIndex> {
  const file = join(directory, 'index.json')
  return parseIndex(await readSmallFile(file, largestDocument), file)
}

/** All manifests below an index, nested ones included, each digest once. */
async function manifestsOf(directory: string, index: ImageIndex): Promise<readonly Descriptor[]> {
  const manifests = new Map<Digest, Descriptor>()
  const seen = new Set<Digest>()
  const follow = async (listed: readonly Descriptor[], depth: number): Promise<void> => {
    for (const descriptor of listed) {
      const { digest, mediaType } = descriptor
      if (seen.has(digest)) continue
      seen.add(digest)
      if (depth > deepestIndex || seen.size > mostDocuments) throw tooMany(digest)
      if (isManifestType(mediaType)) manifests.set(digest, descriptor)
      else if (isIndexType(mediaType)) {
        const text = await readDocument(directory, descriptor)
        await follow(parseIndex(text, digest).manifests, depth + 1)
      } else throw unsupported(descriptor)
    }
  }
  await follow(index.manifests, 1)
  return [...manifests.values()]
}

async function readImage(directory: string, descriptor: Descriptor): Promise<LayoutImage> {
  const where = descriptor.digest
  const manifest = parseManifest(await readDocument(directory, descriptor), where)
  const configText = await readDocument(directory, manifest.config)
  const config = parseImageConfig(configText, manifest.config.digest)
  if (manifest.layers.length !== config.diffIds.length) {
    throw new OciError('document/bad-field', 'manifest and config differ in their layers', {
      where,
      expected: `${config.diffIds.length} layers`,
      found: `${manifest.layers.length}`
    })
  }
  const layers = config.diffIds.flatMap((diffId, place) => {
    const layer = manifest.layers[place]
    return layer ? [{ descriptor: layer, path: blobPath(directory, layer.digest), diffId }] : []
  })
  return { descriptor, manifest, config, layers }
}

async function verifyLayers(
  directory: string,
  image: LayoutImage,
  verified: Set<Digest>
): Promise<void> {
  for (const { descriptor } of image.layers) {
    if (!verified.has(descriptor.digest)) await verifyBlob(directory, descriptor)
    verified.add(descriptor.digest)
  }
}

async function readDocument(directory: string, descriptor: Descriptor): Promise<string> {
  return (await readBlob(directory, descriptor, largestDocument)).toString('utf8')
}

async function checkMarker(directory: string): Promise<void> {
  const file = join(directory, 'oci-layout')
  const version = parseLayoutVersion(await readSmallFile(file, largestDocument), file)
  if (version.startsWith('1.')) return
  throw new OciError('document/unsupported', 'not an image layout of version 1', {
    where: directory,
    found: version
  })
}

function tooMany(digest: Digest): OciError {
  return new OciError('document/unsupported', 'an index lists too many or too deep', {
    where: digest
  })
}

function unsupported({ digest, mediaType }: Descriptor): OciError {
  return new OciError('document/unsupported', 'neither a manifest nor an index', {
    where: digest,
    found: mediaType
  })
}
