import { posix } from 'node:path'
import type { ByteString } from '../../base/byte-string.js'
import { hasWildcard } from '../../containerfile/wildcard.js'
import { isTreeEntry, type Listing, type ListingEntry } from '../snapshot/listing.js'

/** A COPY of files out of another image, and what the build made of it. */
export interface WatchedCopy {
  /** Of the instruction in the Containerfile. */
  readonly line: number
  /** The image: registry, repository, tag or digest. */
  readonly reference: string
  /** Whether one of the files was read. */
  readonly isRead: boolean
}

/** The files that one COPY brought into a stage. */
interface Copied extends WatchedCopy {
  isRead: boolean
  /** Whether anything was executed on top of it; else there was nobody to read it. */
  isFinal: boolean
}

/**
 * Follows which COPY the files of each stage come from, and which of them the build has read. A stage on top
 * of another begins with the other's files.
 */
export class DependencyUse {
  readonly #copies: Copied[] = []
  readonly #owners = new Map<number, Map<ByteString, Copied>>()

  /** Begins a stage on the stage of index `base`, or on none. */
  begin(stage: number, base: number | undefined): void {
    const inherited = base === undefined ? undefined : this.#owners.get(base)
    this.#owners.set(stage, new Map(inherited))
  }

  /** Notes what a COPY from an image put into a stage. */
  copied(stage: number, copy: Omit<WatchedCopy, 'isRead'>, listing: Listing): void {
    const copied = { ...copy, isRead: false, isFinal: true }
    const owners = this.changed(stage, listing)
    const files = listing.filter(isFile)
    for (const { path } of files) owners.set(path, copied)
    // What brings no file at all brings folders, whose use nobody sees.
    if (files.length > 0) this.#copies.push(copied)
  }

  /** Notes what any other step did to a stage: its files are the step's own. */
  changed(stage: number, listing: Listing): Map<ByteString, Copied> {
    const owners = this.#ownersIn(stage)
    const removed = listing.filter((entry) => !isTreeEntry(entry)).map(({ path }) => `${path}/`)
    for (const { path } of listing) owners.delete(path)
    if (removed.length > 0) {
      for (const path of owners.keys()) {
        if (removed.some((folder) => path.startsWith(folder))) owners.delete(path)
      }
    }
    return owners
  }

  /** The paths in a stage that come from another image and that nobody has read so far. */
  unreadPaths(stage: number): ByteString[] {
    return [...this.#ownersIn(stage)].filter(([, { isRead }]) => !isRead).map(([path]) => path)
  }

  /** Notes that something was executed in a stage, and which paths it has read. */
  executed(stage: number, read: ReadonlySet<ByteString>): void {
    for (const [path, copied] of this.#ownersIn(stage)) {
      copied.isFinal = false
      if (read.has(path)) copied.isRead = true
    }
  }

  /** Notes that files of a stage were taken from it by another; `source` as COPY has it. */
  takenFrom(stage: number, source: ByteString): void {
    const path = posix.normalize(`/${source}`)
    // A pattern may match anything in the folder where it begins.
    const start = hasWildcard(path)
      ? posix.dirname(path.slice(0, path.search(/[*?[\\]/) + 1))
      : path
    const folder = start.replace(/^\/|\/$/g, '')
    for (const [owned, copied] of this.#ownersIn(stage)) {
      if (folder === '' || owned === folder || owned.startsWith(`${folder}/`)) copied.isRead = true
    }
  }

  /** The copies that there was somebody to read. */
  copies(): WatchedCopy[] {
    const seen = this.#copies.filter(({ isRead, isFinal }) => isRead || !isFinal)
    return seen.map(({ line, reference, isRead }) => ({ line, reference, isRead }))
  }

  #ownersIn(stage: number): Map<ByteString, Copied> {
    return this.#owners.get(stage) ?? new Map<ByteString, Copied>()
  }
}

function isFile(entry: ListingEntry): boolean {
  return entry.type === 'file' || entry.type === 'symlink'
}
