import type { Blob, BlobSource } from './blob.js'
import type { Descriptor } from './descriptor.js'
import { sha256 } from './digest.js'
import { encodeImageConfig } from './encode-config.js'
import type { ImageConfig } from './image-config.js'
import { encodeNestedIndex } from './image-index.js'
import type { LayoutContent } from './layout-writer.js'
import { encodeManifest } from './manifest.js'
import { mediaTypes } from './media-type.js'

/** An image whose documents are written: what a layout, or a registry, is given. */
export interface Image {
  /** Its digest is the image's identity; carries the platform. */
  readonly manifest: Blob
  /** Its digest is the image's ID. */
  readonly config: Blob
  readonly layers: readonly Blob[]
}

/** The annotation of a layer whose times were lowered to the epoch. */
export const rewrittenLayer: Readonly<Record<string, string>> = {
  'buildkit/rewritten-timestamp': '1'
}

/**
 * Writes an image's config and manifest.
 * @param layers lowest first, as many as the config has diffIDs
 * @param annotations for the manifest alone
 */
export function createImage(
  config: ImageConfig,
  layers: readonly Blob[],
  annotations: Readonly<Record<string, string>>
): Image {
  const configBlob = documentBlob(mediaTypes.config, encodeImageConfig(config))
  const manifest = encodeManifest({
    mediaType: mediaTypes.manifest,
    config: configBlob.descriptor,
    layers: layers.map((layer) => layer.descriptor),
    annotations: Object.keys(annotations).length === 0 ? undefined : annotations
  })
  const { descriptor, source } = documentBlob(mediaTypes.manifest, manifest)
  const { architecture, os, variant } = config.platform
  const platform = { architecture, os, ...(variant ? { variant } : {}) }
  return {
    manifest: { descriptor: { ...descriptor, platform }, source },
    config: configBlob,
    layers
  }
}

/** How a layout names its image. */
export interface LayoutName {
  /** With registry and tag: `docker.io/stagex/core-musl:1.2.4`. */
  readonly name: string
  readonly tag: string
  /** RFC 3339. */
  readonly created: string
}

/** The layout of one image for one or more platforms: `index.json` names an index that lists them. */
export function layoutOf(
  images: readonly Image[],
  { name, tag, created }: LayoutName
): LayoutContent {
  const manifests = images.map((image) => image.manifest.descriptor)
  const nested = documentBlob(
    mediaTypes.index,
    encodeNestedIndex({ mediaType: mediaTypes.index, manifests })
  )
  const annotations = {
    'io.containerd.image.name': name,
    'org.opencontainers.image.created': created,
    'org.opencontainers.image.ref.name': tag
  }
  return {
    index: { mediaType: mediaTypes.index, manifests: [{ ...nested.descriptor, annotations }] },
    blobs: [nested, ...images.flatMap((image) => [image.manifest, image.config, ...image.layers])]
  }
}

/** The blob of a layer that {@link LayerWriter} wrote. */
export function layerBlob(
  layer: { readonly digest: Descriptor['digest']; readonly size: number },
  source: BlobSource,
  annotations?: Readonly<Record<string, string>>
): Blob {
  const { digest, size } = layer
  return { descriptor: { mediaType: mediaTypes.layerGzip, digest, size, annotations }, source }
}

function documentBlob(mediaType: string, text: string): Blob {
  const bytes = Buffer.from(text, 'utf8')
  return { descriptor: { mediaType, digest: sha256(bytes), size: bytes.length }, source: { bytes } }
}
