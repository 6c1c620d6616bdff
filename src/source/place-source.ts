import { lstat, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../base/make-folder.js'
import type { WantedSource } from './fetch-report.js'
import { hashFile } from './hash-file.js'
import { linkOrCopy } from './link-or-copy.js'
import { ownName } from './partial-file.js'
import { SourceError } from './source-error.js'
import { storing } from './source-store.js'

/**
 * Where a wanted source's file is to be.
 * @throws SourceError `source/bad-file-name` for a name that is no single path segment
 */
export function placeOf(wanted: WantedSource): string {
  const { file } = wanted.source
  if (/^[^/\0]+$/.test(file) && file !== '.' && file !== '..') return join(wanted.directory, file)
  throw new SourceError('source/bad-file-name', 'this cannot be the name of a fetched file', {
    expected: 'a file name without a folder',
    found: file
  })
}

/**
 * Puts a stored file where it is wanted, in place of whatever is there; a hard link where the file
 * system can.
 * @returns the path of the placed file
 * @throws SourceError `source/store`, `source/bad-file-name`
 */
export async function placeSource(stored: string, wanted: WantedSource): Promise<string> {
  const place = placeOf(wanted)
  return storing(place, async () => {
    if (await isSameFile(stored, place)) return place
    makeFolder(wanted.directory)
    const temporary = join(wanted.directory, `.${ownName('fetch')}`)
    try {
      await linkOrCopy(stored, temporary)
      await verifyCopy(stored, temporary, wanted)
      await rename(temporary, place)
    } finally {
      // Renaming one name of a file to another of the same does nothing (rename(2)), so it may be left.
      await rm(temporary, { force: true })
    }
    return place
  })
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [a, b].map((path) => lstat(path).catch(() => undefined))
  )
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev
}

/** A link has the bytes that were verified; a copy is a new file, which a full disk may have cut. */
async function verifyCopy(stored: string, copy: string, wanted: WantedSource): Promise<void> {
  if (await isSameFile(stored, copy)) return
  const found = (await hashFile(copy))?.hash.digest('hex')
  if (found === wanted.source.hash) return
  const details = { where: copy, expected: wanted.source.hash, found: found ?? 'no file' }
  throw new SourceError('source/wrong-hash', 'the copy differs from the stored file', details)
}
