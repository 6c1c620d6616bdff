import { join } from 'node:path'
import type { ByteString } from '../../base/byte-string.js'
import { fileDigest } from './file-digest.js'
import { factsOf } from './file-facts.js'
import { type Listing, type TreeEntry, isTreeEntry } from './listing.js'

/**
 * Whether a snapshot's files are what its listing says: each name there, of the right type and owner, with
 * the right content. Reads everything.
 */
export function isIntact(folder: ByteString, listing: Listing): boolean {
  return listing.every((entry) => !isTreeEntry(entry) || entryIsIntact(folder, entry))
}

function entryIsIntact(folder: ByteString, entry: TreeEntry): boolean {
  const file = join(folder, entry.path)
  const facts = factsOf(file)
  const { type, mode, uid, gid, size, content } = entry
  if (facts?.type !== type || facts.mode !== mode) return false
  if (facts.uid !== uid || facts.gid !== gid) return false
  if (type !== 'file') return true
  return facts.size === size && fileDigest(file, facts.size) === content
}
