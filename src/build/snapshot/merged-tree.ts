import type { ByteString } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'
import type { Digest } from '../../oci/digest.js'
import { type Listing, type TreeEntry, isTreeEntry } from './listing.js'

/** The names in a folder. */
export type Names = ReadonlyMap<ByteString, TreeNode>

/** An entry of a tree that several snapshots make. */
export interface TreeNode {
  readonly entry: TreeEntry
  /** The snapshot whose listing tells it. */
  readonly snapshot: Digest
  /** What lies in it, where it is a folder. */
  readonly names: Map<ByteString, TreeNode>
}

/** The tree that snapshots make when they are laid over each other, as their listings tell it. */
export class MergedTree {
  readonly #root = new Map<ByteString, TreeNode>()
  readonly #linkedNames = new Map<string, number>()

  /** What lies in the tree's root. */
  get names(): Names {
    return this.#root
  }

  /** Lays another snapshot over the tree. */
  lay(snapshot: Digest, listing: Listing): void {
    for (const entry of listing) {
      const slash = entry.path.lastIndexOf('/')
      const folder = slash < 0 ? this.#root : this.#find(entry.path.slice(0, slash))?.names
      const name = entry.path.slice(slash + 1)
      if (isTreeEntry(entry)) {
        if (folder !== undefined) put(folder, name, entry, snapshot)
        this.#countName(entry, snapshot)
      } else if (entry.type === 'deleted') {
        folder?.delete(name)
      }
    }
  }

  /** Whether there is anything at a path. */
  has(path: ByteString): boolean {
    return this.#find(path) !== undefined
  }

  /** How many names the snapshot gave to the file, those counted that are hidden by now. */
  nameCount({ entry, snapshot }: TreeNode): number {
    return this.#linkedNames.get(linkKey(entry, snapshot)) ?? 1
  }

  #countName(entry: TreeEntry, snapshot: Digest): void {
    if (entry.links === undefined) return
    const key = linkKey(entry, snapshot)
    this.#linkedNames.set(key, (this.#linkedNames.get(key) ?? 0) + 1)
  }

  #find(path: ByteString): TreeNode | undefined {
    let names: Names = this.#root
    let found: TreeNode | undefined
    for (const name of path.split('/')) {
      found = names.get(name)
      if (found === undefined) return undefined
      ;({ names } = found)
    }
    return found
  }
}

/** Names a file that has several names. */
export function linkKey(entry: TreeEntry, snapshot: Digest): string {
  return `${snapshot} ${entry.links ?? 0}`
}

/** The nodes of a folder in the order of listings. */
export function inOrder(names: Names): TreeNode[] {
  return [...names.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, node]) => node)
}

function put(
  folder: Map<ByteString, TreeNode>,
  name: ByteString,
  entry: TreeEntry,
  snapshot: Digest
): void {
  const there = folder.get(name)
  const merges = there?.entry.type === 'directory' && entry.type === 'directory'
  const names = merges ? there.names : new Map<ByteString, TreeNode>()
  folder.set(name, { entry, snapshot, names })
}
