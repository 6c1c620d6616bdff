import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import type { TarEntry } from '../../oci/tar/entry.js'
import { BuildError } from '../build-error.js'
import { deviceNumbers } from '../copy/special-file.js'
import { type Listing, type TreeEntry, isTreeEntry } from '../snapshot/listing.js'

/** An entry of the layer that a snapshot makes. */
export interface LayerMember {
  readonly entry: TarEntry
  /**
   * The content, to be read to its end, in pieces that are good until the next one is asked for.
   * @throws BuildError `store/corrupt-snapshot` at its end, where it is not what the listing says
   */
  readonly content: () => Generator<Uint8Array, void, undefined>
  /** The content's digest, where there is content. */
  readonly digest: Digest | undefined
}

/**
 * What a snapshot changed, as a layer tells it (docs/format.md).
 * @param folder the snapshot's files
 */
export function layerMembers(folder: ByteString, listing: Listing): Generator<LayerMember> {
  return new Members(folder, listing).all()
}

class Members {
  readonly #folder: ByteString
  readonly #listing: Listing
  readonly #directories = new Map<ByteString, TreeEntry>()
  readonly #told = new Set<ByteString>()
  readonly #firstNames = new Map<number, ByteString>()

  constructor(folder: ByteString, listing: Listing) {
    this.#folder = folder
    this.#listing = listing
  }

  *all(): Generator<LayerMember> {
    for (const entry of this.#listing) {
      if (entry.type === 'deleted') yield* this.#whiteout(entry.path)
      if (!isTreeEntry(entry)) continue
      if (entry.type === 'directory') this.#directories.set(entry.path, entry)
      if (entry.recorded && entry.type !== 'socket') yield* this.#treeEntry(entry)
    }
  }

  /** A layer says that a name is gone by an empty file `.wh.<name>` (OCI image spec, layer.md). */
  *#whiteout(path: ByteString): Generator<LayerMember> {
    yield* this.#parents(path)
    const name = join(dirname(path), `.wh.${path.slice(path.lastIndexOf('/') + 1)}`)
    yield empty({ path: name, type: 'file', mode: 0, uid: 0, gid: 0, size: 0, mtime: 0 })
  }

  *#treeEntry(entry: TreeEntry): Generator<LayerMember> {
    yield* this.#parents(entry.path)
    if (entry.type === 'directory') {
      yield* this.#directory(entry)
      return
    }
    const first = entry.links === undefined ? undefined : this.#firstNames.get(entry.links)
    if (first !== undefined) {
      yield empty({ ...header(entry), type: 'hardlink', size: 0, linkname: first })
      return
    }
    if (entry.links !== undefined) this.#firstNames.set(entry.links, entry.path)
    if (entry.type !== 'file') yield empty(header(entry))
    else yield { entry: header(entry), content: () => this.#content(entry), digest: entry.content }
  }

  /** Folders above an entry come before it, changed or not, so that any reader can make them right. */
  *#parents(path: ByteString): Generator<LayerMember> {
    const parent = dirname(path)
    if (parent === '.' || this.#told.has(parent)) return
    yield* this.#parents(parent)
    const entry = this.#directories.get(parent)
    if (entry !== undefined) yield* this.#directory(entry)
  }

  *#directory(entry: TreeEntry): Generator<LayerMember> {
    if (this.#told.has(entry.path)) return
    this.#told.add(entry.path)
    yield empty(header(entry))
  }

  *#content(entry: TreeEntry): Generator<Uint8Array, void, undefined> {
    const path = join(this.#folder, entry.path)
    const hash = createHash('sha256')
    const descriptor = openSync(fsPath(path), 'r')
    try {
      const buffer = Buffer.allocUnsafe(Math.min(1 << 18, Math.max(1, entry.size ?? 0)))
      for (let left = entry.size ?? 0; left > 0;) {
        const count = readSync(descriptor, buffer, 0, Math.min(left, buffer.length), null)
        if (count === 0) break
        left -= count
        const piece = buffer.subarray(0, count)
        hash.update(piece)
        yield piece
      }
    } finally {
      closeSync(descriptor)
    }
    const found: Digest = `sha256:${hash.digest('hex')}`
    if (found !== entry.content) throw corrupt(path, entry.content, found)
  }
}

function* nothing(): Generator<Uint8Array, void, undefined> {
  // Ends at once.
}

function empty(entry: TarEntry): LayerMember {
  return { entry, content: nothing, digest: undefined }
}

function header(entry: TreeEntry): TarEntry {
  const { path, mode, uid, gid, mtime, type } = entry
  if (type === 'socket') throw new Error('a socket cannot stand in a layer')
  const common = { path, type, uid, gid, mtime, size: entry.size ?? 0 }
  const capability =
    entry.capability === undefined ? {} : { capability: Buffer.from(entry.capability, 'hex') }
  if (type === 'symlink') return { ...common, mode: 0o777, linkname: entry.target ?? '' }
  if (type !== 'character-device' && type !== 'block-device') {
    return { ...common, mode, ...capability }
  }
  const [devmajor, devminor] = deviceNumbers(entry.rdev ?? 0)
  return { ...common, mode, devmajor, devminor }
}

function corrupt(path: string, expected: Digest | undefined, found: Digest): BuildError {
  return new BuildError('store/corrupt-snapshot', 'a snapshot’s file changed since it was made', {
    where: path,
    expected: expected ?? 'no content',
    found,
    hint: 'build again with --no-cache'
  })
}
