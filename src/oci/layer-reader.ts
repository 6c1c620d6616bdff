import type { FileHandle } from 'node:fs/promises'
import { openBlob } from './blob-file.js'
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
 * @throws OciError `blob/missing`, `blob/size-mismatch`, `layer/diff-id-mismatch`, `gzip/…`, `tar/…`;
 * `document/unsupported` for another compression
 */
export async function* readLayer(
  layer: LayoutLayer,
  limits: LayerLimits = {}
): AsyncGenerator<ArchiveMember, void, undefined> {
  const file = await openBlob(layer.path, layer.descriptor)
  try {
    const bytes = uncompressed(layer, file, limits.tarSize ?? Infinity)
    yield* readTar(verified(layer, bytes), limits)
  } catch (error) {
    throw inLayer(error, layer)
  } finally {
    await file.close()
  }
}

/** What is wrong with the stream does not know whose it is. */
function inLayer(error: unknown, { descriptor }: LayoutLayer): unknown {
  if (!(error instanceof OciError) || error.where !== undefined) return error
  const { code, message, expected, found } = error
  return new OciError(code, message, {
    where: descriptor.digest,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
    cause: error
  })
}

function uncompressed(
  layer: LayoutLayer,
  file: FileHandle,
  limit: number
): AsyncIterable<Uint8Array> {
  const { mediaType, digest } = layer.descriptor
  if (gzipTypes.has(mediaType)) return gunzip(file.createReadStream(), limit)
  if (mediaType === mediaTypes.layerTar) return file.createReadStream()
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
