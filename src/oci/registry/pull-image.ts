import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest } from '../digest.js'
import type { ImageConfig } from '../image-config.js'
import type { Manifest } from '../manifest.js'
import { isManifestType } from '../media-type.js'
import { largestDocument, parseImageConfig, parseManifest } from '../parse-document.js'
import { pullBlob } from './pull-blob.js'
import { pullManifest, type PulledManifest } from './pull-manifest.js'
import { RegistryError } from './registry-error.js'
import type { Repository } from './repository.js'

/** The documents of an image for one platform, all of them what their digests say. */
export interface PulledDocuments {
  readonly pulled: PulledManifest
  readonly manifest: Manifest
  readonly config: ImageConfig
}

/**
 * Pulls an image's manifest and config. Its layers are for the caller to pull, who may have some of them.
 * @param scratch an existing folder for what is unfinished
 * @throws RegistryError; OciError `document/…` where a document is not valid
 */
export async function pullDocuments(
  repository: Repository,
  digest: Digest,
  scratch: string
): Promise<PulledDocuments> {
  const pulled = await pullManifest(repository, digest)
  if (!isManifestType(pulled.descriptor.mediaType)) throw wrong(digest, 'an index')
  const manifest = parseManifest(pulled.bytes.toString('utf8'), digest)
  if (manifest.config.size > largestDocument) throw wrong(digest, 'a config that is too large')
  const folder = mkdtempSync(join(scratch, 'config-'))
  try {
    const file = join(folder, 'config')
    await pullBlob(repository, manifest.config, file)
    const config = parseImageConfig(readFileSync(file, 'utf8'), manifest.config.digest)
    if (config.diffIds.length === manifest.layers.length) return { pulled, manifest, config }
    throw wrong(
      digest,
      `${manifest.layers.length} layers, and ${config.diffIds.length} in the config`
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function wrong(digest: Digest, found: string): RegistryError {
  return new RegistryError('registry/bad-response', 'this is no image for one platform', {
    where: digest,
    expected: 'a manifest of a config and its layers',
    found
  })
}
