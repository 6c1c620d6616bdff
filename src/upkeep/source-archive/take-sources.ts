import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inParallel } from '../../base/in-parallel.js'
import { hexOf } from '../../oci/digest.js'
import type { Descriptor } from '../../oci/descriptor.js'
import { pullBlob } from '../../oci/registry/pull-blob.js'
import type { Repository } from '../../oci/registry/repository.js'
import { ownName } from '../../source/partial-file.js'
import type { Source } from '../../source/source.js'
import type { SourceStore } from '../../source/source-store.js'
import { archivedSources } from './archive-manifest.js'

/** A source that an archive had, by its hash, and its size in bytes. */
export type TakenSources = ReadonlyMap<string, number>

/** Transfers at a time. */
const jobs = 4

/**
 * Brings those sources into the store that an archive in a registry has and the store has not. Each is
 * verified twice: as a blob by the registry's client, as a source by the store.
 * @param home the folder of the store
 * @throws UpkeepError `upkeep/not-an-archive`; RegistryError, HttpError; SourceError `source/store`
 */
export async function takeSources(
  repository: Repository,
  tag: string,
  sources: readonly Source[],
  store: SourceStore,
  home: string
): Promise<TakenSources> {
  const archived = await archivedSources(repository, tag)
  const wanted = new Set(sources.map(({ hash }) => hash))
  const there = (archived ?? []).filter(({ digest }) => wanted.has(hexOf(digest)))
  const folder = join(home, 'sources', 'partial')
  await mkdir(folder, { recursive: true })
  const taken = await inParallel(there, jobs, async (descriptor) => {
    const isNew = await take(repository, descriptor, store, folder)
    return isNew ? [[hexOf(descriptor.digest), descriptor.size] as const] : []
  })
  return new Map(taken.flat())
}

async function take(
  repository: Repository,
  descriptor: Descriptor,
  store: SourceStore,
  folder: string
): Promise<boolean> {
  const hash = hexOf(descriptor.digest)
  if ((await store.verified(hash)) !== undefined) return false
  const path = join(folder, ownName(`${hash}.blob`))
  try {
    await pullBlob(repository, descriptor, path)
    return (await store.adopt(path, hash)) !== undefined
  } finally {
    await rm(path, { force: true })
  }
}
