import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../base/make-folder.js'
import { byCodeUnit } from '../base/order.js'
import { hashFile } from './hash-file.js'
import { linkOrCopy } from './link-or-copy.js'
import { ownName } from './partial-file.js'
import type { Source } from './source.js'
import { SourceError } from './source-error.js'
import { type SourceStore, storing } from './source-store.js'

/** Where the archive at a base URL has the file with this hash. */
export function archiveMirror(base: string, hash: string): string {
  return `${base.replace(/\/+$/, '')}/sha256/${hash}`
}

/**
 * Puts sources that are in the store into an archive: `<folder>/sha256/<hex>`, and `<folder>/SHA256SUMS`
 * for `sha256sum --check`. Any web server can serve it; fetching takes its URL in `archives`.
 * @returns how many files were added
 * @throws SourceError `source/store`, `source/not-found` for a source that is not in the store
 */
export async function archiveSources(
  sources: readonly Source[],
  store: SourceStore,
  folder: string
): Promise<number> {
  return storing(folder, async () => {
    makeFolder(join(folder, 'sha256'))
    let added = 0
    for (const source of sources) if (await archiveSource(source, store, folder)) added++
    await writeSums(folder)
    return added
  })
}

async function archiveSource(source: Source, store: SourceStore, folder: string): Promise<boolean> {
  const { hash, key } = source
  const place = join(folder, 'sha256', hash)
  if ((await hashFile(place))?.hash.digest('hex') === hash) return false
  const stored = await store.verified(hash)
  if (stored === undefined) {
    const details = { where: `[sources.${key}]`, expected: hash, hint: 'fetch it first' }
    throw new SourceError('source/not-found', 'this source is not in the store', details)
  }
  const temporary = join(folder, ownName('.partial'))
  await linkOrCopy(stored, temporary)
  await rename(temporary, place)
  await rm(temporary, { force: true })
  return true
}

async function writeSums(folder: string): Promise<void> {
  const names = await readdir(join(folder, 'sha256'))
  const hashes = names.filter((name) => /^[0-9a-f]{64}$/.test(name)).sort(byCodeUnit)
  const temporary = join(folder, ownName('.sums'))
  await writeFile(temporary, hashes.map((hash) => `${hash}  sha256/${hash}\n`).join(''))
  await rename(temporary, join(folder, 'SHA256SUMS'))
}
