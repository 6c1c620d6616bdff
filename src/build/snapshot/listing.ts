import { sha256, type Digest } from '../../oci/digest.js'
import type { ByteString } from '../../base/byte-string.js'
import { BuildError } from '../build-error.js'

/** What an entry of a file tree is. */
export type EntryType =
  'directory' | 'file' | 'symlink' | 'fifo' | 'character-device' | 'block-device' | 'socket'

/** An entry that a step left in the snapshot's tree. */
export interface TreeEntry {
  readonly path: ByteString
  readonly type: EntryType
  /** Whether the layer records it; the rest is there only because something below it is. */
  readonly recorded: boolean
  /** Permission bits with set-user-id, set-group-id and sticky. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Whole seconds, rounded down, and no later than the epoch of the build. */
  readonly mtime: number
  /**
   * Whether the file itself has a later time. Part of what the snapshot is named by: a later step may take
   * a file for another one because of its time.
   */
  readonly lowered?: true
  /** Bytes of a file's content. */
  readonly size?: number
  /** SHA-256 of a file's content. */
  readonly content?: Digest
  /** Where a symbolic link points. */
  readonly target?: ByteString
  /** A device's number. */
  readonly rdev?: number
  /** Files with the same number are one file under several names. */
  readonly links?: number
  /** The value of `security.capability`, in hexadecimal. */
  readonly capability?: string
}

/** An entry that the step removed from what lay below. */
export interface Deletion {
  readonly path: ByteString
  readonly type: 'deleted' | 'whiteout'
}

/**
 * One line of a listing. `deleted` is what the layer says; `whiteout` is how the overlay's upper folder
 * says it, listed too because two upper folders that differ in it act differently.
 */
export type ListingEntry = TreeEntry | Deletion

/** Everything that a step changed, depth first, names in byte order within each folder. */
export type Listing = readonly ListingEntry[]

/** Whether the entry is part of the tree, not a removal. */
export function isTreeEntry(entry: ListingEntry): entry is TreeEntry {
  return entry.type !== 'deleted' && entry.type !== 'whiteout'
}

/** The listing as it is kept and hashed: a JSON array a line, members in a fixed order. */
export function encodeListing(listing: Listing): string {
  return listing.map((entry) => `${JSON.stringify(row(entry))}\n`).join('')
}

/**
 * Names a snapshot by what it is made of: the tree below and what the step changed. The tree below is
 * part of it because a folder that hides another one looks the same as one that does not.
 */
export function snapshotDigest(below: Digest, encodedListing: string): Digest {
  return sha256(`stagex snapshot 1\n${below}\n${encodedListing}`)
}

/**
 * Reads back what {@link encodeListing} wrote.
 * @throws BuildError `store/corrupt-record`
 */
export function decodeListing(text: string, where: string): ListingEntry[] {
  try {
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => entryOf(JSON.parse(line) as Row))
  } catch (cause) {
    throw new BuildError('store/corrupt-record', 'a snapshot’s listing cannot be read', {
      where,
      cause
    })
  }
}

type Extra = Pick<
  TreeEntry,
  'lowered' | 'size' | 'content' | 'target' | 'rdev' | 'links' | 'capability'
>

type Row =
  | [path: ByteString, type: Deletion['type']]
  | [
      path: ByteString,
      type: EntryType,
      recorded: 0 | 1,
      mode: number,
      uid: number,
      gid: number,
      mtime: number,
      extra: Extra
    ]

function row(entry: ListingEntry): Row {
  if (!isTreeEntry(entry)) return [entry.path, entry.type]
  const { path, type, recorded, mode, uid, gid, mtime } = entry
  const { lowered, size, content, target, rdev, links, capability } = entry
  // JSON.stringify leaves out members that are undefined; the order is the one written here.
  const extra = { lowered, size, content, target, rdev, links, capability } as Extra
  return [path, type, recorded ? 1 : 0, mode, uid, gid, mtime, extra]
}

function entryOf(row: Row): ListingEntry {
  if (row.length === 2) return { path: row[0], type: row[1] }
  const [path, type, recorded, mode, uid, gid, mtime, extra] = row
  return { path, type, recorded: recorded === 1, mode, uid, gid, mtime, ...extra }
}
