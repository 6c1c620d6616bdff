import type { Descriptor, Platform } from '../../oci/descriptor.js'
import type { Digest } from '../../oci/digest.js'
import { encodeImageConfig } from '../../oci/encode-config.js'
import type { HistoryEntry, ImageConfig, RuntimeConfig } from '../../oci/image-config.js'
import type { WrittenLayer } from '../../oci/layer-writer.js'
import { encodeManifest } from '../../oci/manifest.js'
import { mediaTypes } from '../../oci/media-type.js'
import type { BuiltImage, ImageLayer } from './built-image.js'

/** What an image is made of, before any of its documents is written. */
export interface ImageParts {
  readonly platform: Platform
  readonly author?: string
  readonly config: RuntimeConfig
  /** Seconds; when everything of this build was created. */
  readonly epoch: number
  /** The image that the build starts from, if it starts from one. */
  readonly base?: BuiltImage
  /** What this build adds to the base's history; entries with a layer pair with `layers`. */
  readonly history: readonly { readonly createdBy: string; readonly emptyLayer: boolean }[]
  readonly layers: readonly WrittenLayer[]
  readonly annotations: Readonly<Record<string, string>>
}

/**
 * Writes an image's config and manifest (docs/format.md).
 * @param put keeps a document and returns its digest
 */
export function assembleImage(parts: ImageParts, put: (text: string) => Digest): BuiltImage {
  const layers = [...baseLayers(parts), ...parts.layers.map(newLayer)]
  const config = imageConfig(parts, layers)
  const configDescriptor = putDocument(put, mediaTypes.config, encodeImageConfig(config))
  const text = encodeManifest({
    mediaType: mediaTypes.manifest,
    config: configDescriptor,
    layers: layers.map((layer) => layer.descriptor),
    annotations: parts.annotations
  })
  const manifest = putDocument(put, mediaTypes.manifest, text)
  return { manifest, configDescriptor, config, layers }
}

function putDocument(put: (text: string) => Digest, mediaType: string, text: string): Descriptor {
  return { mediaType, digest: put(text), size: Buffer.byteLength(text) }
}

/** The base's layers stay as they are; what its own build noted about them does not come along. */
function baseLayers(parts: ImageParts): ImageLayer[] {
  return (parts.base?.layers ?? []).map(({ descriptor, diffId }) => {
    const { mediaType, digest, size } = descriptor
    return { descriptor: { mediaType, digest, size }, diffId }
  })
}

function newLayer({ digest, size, diffId }: WrittenLayer): ImageLayer {
  const annotations = { 'buildkit/rewritten-timestamp': '1' }
  return { descriptor: { mediaType: mediaTypes.layerGzip, digest, size, annotations }, diffId }
}

function imageConfig(parts: ImageParts, layers: readonly ImageLayer[]): ImageConfig {
  const created = timestamp(parts.epoch)
  const own = parts.history.map(({ createdBy, emptyLayer }): HistoryEntry => ({
    created,
    createdBy,
    comment: 'buildkit.dockerfile.v0',
    ...(emptyLayer ? { emptyLayer } : {})
  }))
  const history = [...(parts.base?.config.history ?? []), ...own]
  return {
    platform: parts.platform,
    ...(parts.author === undefined ? {} : { author: parts.author }),
    config: parts.config,
    created: history.at(-1)?.created ?? created,
    history,
    diffIds: layers.map((layer) => layer.diffId)
  }
}

/** RFC 3339, in UTC, whole seconds, as Go writes it. */
function timestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
