import type { ByteString } from '../base/byte-string.js'
import type { LayoutImage } from '../oci/layout-reader.js'
import { cleanPath } from '../oci/tar/clean-path.js'
import { type ComparedEntry, entriesOf } from './layer-entries.js'

/** Whether containers of the two images see the same files; times are left out. */
export async function sameTree(a: LayoutImage, b: LayoutImage): Promise<boolean> {
  const [left, right] = [await mergedTree(a), await mergedTree(b)]
  return left.size === right.size && [...left].every(([path, facts]) => right.get(path) === facts)
}

/** Every path of an image, its layers laid over each other, with all that is said of it but the time. */
async function mergedTree(image: LayoutImage): Promise<Map<ByteString, string>> {
  const tree = new Map<ByteString, string>()
  for (const layer of image.layers) {
    const added = new Map<ByteString, string>()
    for await (const compared of entriesOf(layer)) applyEntry(tree, added, compared)
    for (const [path, facts] of added) {
      // What is no folder hides all that was below its name.
      if (!facts.startsWith('["directory"')) removeBelow(tree, path)
      tree.set(path, facts)
    }
  }
  return tree
}

const whiteout = '.wh.'
const opaque = '.wh..wh..opq'

function applyEntry(
  tree: Map<ByteString, string>,
  added: Map<ByteString, string>,
  { entry, content }: ComparedEntry
): void {
  const path = cleanPath(entry.path) ?? ''
  const slash = path.lastIndexOf('/')
  const [folder, name] = [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)]
  if (name === opaque) {
    removeBelow(tree, folder)
  } else if (name.startsWith(whiteout)) {
    const removed = `${folder === '' ? '' : `${folder}/`}${name.slice(whiteout.length)}`
    tree.delete(removed)
    removeBelow(tree, removed)
  } else {
    added.set(path, factsOf(added, entry, content))
  }
}

function factsOf(
  added: ReadonlyMap<ByteString, string>,
  entry: ComparedEntry['entry'],
  content: string
): string {
  // A hard link is the file whose name it repeats.
  if (entry.type === 'hardlink') return added.get(cleanPath(entry.linkname ?? '') ?? '') ?? ''
  const { type, mode, uid, gid, size, linkname, devmajor, devminor } = entry
  return JSON.stringify([type, mode, uid, gid, size, linkname, devmajor, devminor, content])
}

function removeBelow(tree: Map<ByteString, string>, folder: ByteString): void {
  const prefix = folder === '' ? '' : `${folder}/`
  for (const path of tree.keys()) if (path.startsWith(prefix)) tree.delete(path)
}
