import type { Blob, DocumentBlob } from '../../oci/blob.js'
import { byCodeUnit } from '../../base/order.js'
import type { Descriptor } from '../../oci/descriptor.js'
import { sha256 } from '../../oci/digest.js'
import { encodeManifest, type Manifest } from '../../oci/manifest.js'
import { mediaTypes } from '../../oci/media-type.js'
import { parseManifest } from '../../oci/parse-document.js'
import { pullManifest } from '../../oci/registry/pull-manifest.js'
import { RegistryError } from '../../oci/registry/registry-error.js'
import type { Repository } from '../../oci/registry/repository.js'
import { UpkeepError } from '../upkeep-error.js'

/** Tells an archive of sources from an image (OCI image specification 1.1, "Guidelines for artifact usage"). */
const configType = 'application/vnd.stagex.sources.v1+json'

/** There is nothing to say beside the sources themselves. */
const configBytes = Buffer.from('{}')

/** The blob that every archive's manifest names as its config. */
export const archiveConfig: Blob = {
  descriptor: { mediaType: configType, digest: sha256(configBytes), size: configBytes.length },
  source: { bytes: configBytes }
}

/** The sources of an archive, as its manifest has them; undefined where there is none yet. */
export async function archivedSources(
  repository: Repository,
  tag: string
): Promise<readonly Descriptor[] | undefined> {
  try {
    const { bytes } = await pullManifest(repository, tag)
    return sourcesOf(parseManifest(bytes.toString('utf8'), `${repository.name}:${tag}`), repository)
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'registry/not-found') return undefined
    throw error
  }
}

/** @throws UpkeepError `upkeep/not-an-archive`: what is there is somebody's image */
function sourcesOf({ config, layers }: Manifest, { name }: Repository): readonly Descriptor[] {
  if (config.mediaType === configType) return layers
  throw new UpkeepError('upkeep/not-an-archive', 'this is no archive of sources', {
    where: name,
    expected: configType,
    found: config.mediaType,
    kind: 'usage'
  })
}

/** The manifest of an archive: each source once, in an order that depends on the sources alone. */
export function archiveManifest(sources: readonly Descriptor[]): DocumentBlob {
  const distinct = new Map(sources.map((source) => [source.digest, source]))
  const layers = [...distinct.values()].sort((a, b) => byCodeUnit(a.digest, b.digest))
  const { manifest: mediaType } = mediaTypes
  const text = encodeManifest({ mediaType, config: archiveConfig.descriptor, layers })
  const bytes = Buffer.from(text)
  return { descriptor: { mediaType, digest: sha256(bytes), size: bytes.length }, source: { bytes } }
}
