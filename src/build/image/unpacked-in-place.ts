import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { setTime } from '../snapshot/file-time.js'
import { type Listing, type TreeEntry, isTreeEntry } from '../snapshot/listing.js'
import { opaqueFolders } from '../snapshot/opaque-folders.js'

/**
 * Finds what unpacking a snapshot's layer would list, where the snapshot's own files, given the layer's
 * times, are what unpacking makes.
 * @param folder the snapshot's own files
 * @returns undefined where they are not: the layer leaves something out that the snapshot has, or says
 * that something is gone
 */
export async function unpackedInPlace(
  folder: ByteString,
  listing: Listing
): Promise<Listing | undefined> {
  const { mode, uid, gid } = lstatSync(fsPath(folder))
  if ((mode & 0o7777) !== 0o755 || uid !== 0 || gid !== 0) return undefined
  if (!listing.every(isTreeEntry)) return undefined
  const told = toldByLayer(listing)
  if (!listing.every(({ path, type }) => told.has(path) && isPlain(type))) return undefined
  if ((await opaqueFolders(folder))?.length !== 0) return undefined
  return listing.map(unpackedEntry)
}

function unpackedEntry(entry: TreeEntry): TreeEntry {
  const unpacked = { ...entry, recorded: true }
  delete unpacked.lowered
  return unpacked
}

/** Gives files the times that their listing tells, as they are after unpacking: whole seconds. */
export function settleTimes(folder: ByteString, listing: Listing): void {
  for (const entry of listing) {
    if (!isTreeEntry(entry)) continue
    setTime(join(folder, entry.path), { seconds: entry.mtime, nanoseconds: 0 })
  }
}

/** What is recorded, and the folders above it. */
function toldByLayer(listing: readonly TreeEntry[]): Set<ByteString> {
  const told = new Set<ByteString>()
  for (const { path, recorded } of listing) {
    if (!recorded) continue
    told.add(path)
    for (let above = dirname(path); above !== '.' && !told.has(above); above = dirname(above)) {
      told.add(above)
    }
  }
  return told
}

/** Device files are refused when a layer is unpacked, and sockets stand in none. */
function isPlain(type: TreeEntry['type']): boolean {
  return type === 'directory' || type === 'file' || type === 'symlink' || type === 'fifo'
}
