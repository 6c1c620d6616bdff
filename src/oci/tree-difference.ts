import type { ByteString } from '../base/byte-string.js'
import { byCodeUnit } from '../base/order.js'
import type { ImageFile } from './image-tree.js'

/** A file that two images have in different forms. */
export interface ChangedFile {
  readonly before: ImageFile
  readonly after: ImageFile
}

/** How the files of two images differ; each list is in the order of the paths' bytes. */
export interface TreeDifference {
  readonly removed: readonly ImageFile[]
  readonly added: readonly ImageFile[]
  readonly changed: readonly ChangedFile[]
}

type FileTree = ReadonlyMap<ByteString, ImageFile>

/** Compares all that is known of each file, its content included. */
export function treeDifference(before: FileTree, after: FileTree): TreeDifference {
  const changed = [...before.values()].flatMap((file): ChangedFile[] => {
    const other = after.get(file.path)
    return other === undefined || sameFile(file, other) ? [] : [{ before: file, after: other }]
  })
  return {
    removed: inOrder([...before.values()].filter(({ path }) => !after.has(path))),
    added: inOrder([...after.values()].filter(({ path }) => !before.has(path))),
    changed: changed.sort((a, b) => byCodeUnit(a.before.path, b.before.path))
  }
}

function inOrder(files: ImageFile[]): ImageFile[] {
  return files.sort((a, b) => byCodeUnit(a.path, b.path))
}

function sameFile(a: ImageFile, b: ImageFile): boolean {
  return factsOf(a) === factsOf(b)
}

function factsOf(file: ImageFile): string {
  const { type, mode, uid, gid, size, digest, target, device, capability } = file
  return JSON.stringify([type, mode, uid, gid, size, digest, target, device, capability])
}
