import type { ByteString } from '../../base/byte-string.js'
import { loweredTime } from './difference.js'
import type { TreeEntry } from './listing.js'
import { type MergedTree, type Names, type TreeNode, inOrder, linkKey } from './merged-tree.js'

/** An entry as a copy of the tree would list it, but for what has to be looked up in the files. */
export interface StackedEntry {
  readonly entry: TreeEntry
  /** Whether only the file tells its time, which was lowered to an epoch before this build's. */
  readonly timeUnknown: boolean
  /** Whether there is a file of that name below, so that only the files tell whether it is the same. */
  readonly compare: boolean
}

/**
 * Lists what copying one whole tree over another would change, without copying: what {@link listChanges}
 * says of the copy.
 * @param below what is copied onto
 * @param epoch seconds; later times are lowered to it
 * @returns undefined where laying the trees over each other would not be the same as copying: something is
 * in the way of a folder or the other way round, a socket (which is not copied), a file of which not all
 * names are there (a copy would have fewer)
 */
export function stackedListing(
  below: MergedTree,
  source: MergedTree,
  epoch: number
): StackedEntry[] | undefined {
  const walk = new Walk(epoch)
  return walk.folder(source.names, below.names) && walk.numberLinks(source)
    ? walk.entries
    : undefined
}

class Walk {
  readonly #epoch: number
  readonly entries: StackedEntry[] = []
  readonly #nodes: TreeNode[] = []

  constructor(epoch: number) {
    this.#epoch = epoch
  }

  /** @returns whether laying over is the same as copying, as far as names and types go */
  folder(source: Names, below: Names | undefined): boolean {
    return inOrder(source).every((node) => this.#node(node, below?.get(nameOf(node.entry.path))))
  }

  #node(node: TreeNode, there: TreeNode | undefined): boolean {
    const { entry } = node
    const isFolder = entry.type === 'directory'
    if (entry.type === 'socket') return false
    if (there !== undefined && isFolder !== (there.entry.type === 'directory')) return false
    this.#nodes.push(node)
    const { lowered = false, ...same } = entry
    const seconds = lowered ? entry.mtime + 1 : entry.mtime
    this.entries.push({
      entry: {
        ...same,
        recorded: there === undefined || !(isFolder && sameMetadata(there.entry, entry)),
        ...loweredTime(seconds, this.#epoch)
      },
      timeUnknown: lowered && entry.mtime < this.#epoch,
      compare: there !== undefined && !isFolder
    })
    return !isFolder || this.folder(node.names, there?.names)
  }

  /** Numbers the files that have several names, in the order in which they are listed. */
  numberLinks(source: MergedTree): boolean {
    const seen = new Map<string, { number: number; names: number; all: number }>()
    this.#nodes.forEach((node, index) => {
      const stacked = this.entries[index]
      if (node.entry.links === undefined || stacked === undefined) return
      const key = linkKey(node.entry, node.snapshot)
      const file = seen.get(key) ?? {
        number: seen.size + 1,
        names: 0,
        all: source.nameCount(node)
      }
      file.names++
      seen.set(key, file)
      this.entries[index] = { ...stacked, entry: { ...stacked.entry, links: file.number } }
    })
    return [...seen.values()].every(({ names, all }) => names === all)
  }
}

function nameOf(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf('/') + 1)
}

function sameMetadata(before: TreeEntry, after: TreeEntry): boolean {
  return before.mode === after.mode && before.uid === after.uid && before.gid === after.gid
}
