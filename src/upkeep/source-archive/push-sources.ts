import { statSync } from 'node:fs'
import type { Blob } from '../../oci/blob.js'
import { digestOfHex } from '../../oci/digest.js'
import { pushImage } from '../../oci/registry/push-image.js'
import { pushManifest } from '../../oci/registry/push-manifest.js'
import type { Repository } from '../../oci/registry/repository.js'
import type { Source } from '../../source/source.js'
import { SourceError } from '../../source/source-error.js'
import type { SourceStore } from '../../source/source-store.js'
import { archiveConfig, archiveManifest, archivedSources } from './archive-manifest.js'

/**
 * Adds sources that are in the store to an archive in a registry: a blob each, whose digest is the source's
 * hash, and a manifest that names them all, so that the registry keeps them. What the archive has already
 * stays in it. Of two that add to one archive at the same time the manifest of the later one stands; the
 * other's sources come back with its next call.
 * @returns how many sources the archive did not have before
 * @throws UpkeepError `upkeep/not-an-archive`; SourceError `source/not-found` for a source that is not in
 * the store; RegistryError, HttpError
 */
export async function pushSources(
  repository: Repository,
  tag: string,
  sources: readonly Source[],
  store: SourceStore
): Promise<number> {
  const before = (await archivedSources(repository, tag)) ?? []
  const known = new Set<string>(before.map(({ digest }) => digest))
  const fresh = sources.filter(({ hash }) => !known.has(`sha256:${hash}`))
  const blobs = new Map<string, Blob>()
  for (const source of fresh) {
    if (!blobs.has(source.hash)) blobs.set(source.hash, await blobOf(source, store))
  }
  const added = [...blobs.values()]
  const all = [...before, ...added.map(({ descriptor }) => descriptor)]
  const manifest = archiveManifest(all)
  await pushImage(repository, { manifest, blobs: [archiveConfig, ...added] })
  await pushManifest(repository, tag, manifest.descriptor, manifest.source.bytes)
  return added.length
}

async function blobOf({ hash, file, key }: Source, store: SourceStore): Promise<Blob> {
  const path = await store.verified(hash)
  if (path === undefined) {
    throw new SourceError('source/not-found', 'this source is not in the store', {
      where: `[sources.${key}]`,
      expected: hash,
      hint: 'fetch it first'
    })
  }
  // The name under which other tools write the file.
  const annotations = { 'org.opencontainers.image.title': file }
  const descriptor = {
    mediaType: 'application/octet-stream',
    digest: digestOfHex(hash),
    size: statSync(path).size,
    annotations
  }
  return { descriptor, source: { path } }
}
