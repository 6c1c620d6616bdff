import { createReadStream } from 'node:fs'
import { Digester } from './digest.js'
import { OciError } from './error.js'
import { gunzip } from './gzip/decompress.js'
import type { LayoutLayer } from './layout-reader.js'
import { mediaTypes } from './media-type.js'
import { type ArchiveLimits, type ArchiveMember, readTar } from './tar/reader.js'

/** What a layer may not exceed. */
export interface LayerLimits extends ArchiveLimits {
  /** The most bytes of its uncompressed tar; unlimited when left out. */
  readonly tarSize?: number
}

/**
 * Reads a layer's entries. Whoever has read to the end knows that the layer is what its diffID says; before,
 * nothing is known of it.
 * @throws OciError `layer/diff-id-mismatch`, `gzip/…`, `tar/…`; `document/unsupported` for another compression
 */
export async function* readLayer(
  layer: LayoutLayer,
  limits: LayerLimits = {}
): AsyncGenerator<ArchiveMember, void, undefined> {
  yield* readTar(verified(layer, uncompressed(layer, limits.tarSize ?? Infinity)), limits)
}

function uncompressed(layer: LayoutLayer, limit: number): AsyncIterable<Uint8Array> {
  const { mediaType, digest } = layer.descriptor
  const file = createReadStream(layer.path)
  if (gzipTypes.has(mediaType)) return gunzip(file, limit)
  if (mediaType === mediaTypes.layerTar) return file
  file.destroy()
  throw new OciError('document/unsupported', 'a layer in a compression that is not read', {
    where: digest,
    expected: [...gzipTypes, mediaTypes.layerTar].join(', '),
    found: mediaType
  })
}

const gzipTypes: ReadonlySet<string> = new Set([mediaTypes.layerGzip, mediaTypes.dockerLayerGzip])

/** Passes the pieces on, and fails at the end of a stream that is not the one expected. */
async function* verified(
  { diffId, descriptor }: LayoutLayer,
  pieces: AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array, void, undefined> {
  const digester = new Digester()
  for await (const piece of pieces) {
    digester.update(piece)
    yield piece
  }
  const found = digester.digest()
  if (found === diffId) return
  throw new OciError('layer/diff-id-mismatch', 'a layer is not what its config says', {
    where: descriptor.digest,
    expected: diffId,
    found
  })
}
