import type { ByteString } from '../../../base/byte-string.js'
import type { WritableTree } from '../../snapshot/snapshot-store.js'
import type { CopySource } from '../copy-source.js'
import { holdFile } from '../held-folder.js'
import type { Owner } from '../owner.js'
import { isArchive } from './is-archive.js'
import { unpackArchive } from './unpack-archive.js'

/**
 * Unpacks what ADD names, if it is an archive. What was looked at is what is unpacked, also where somebody changes
 * its name to mean something else meanwhile.
 * @param destination see {@link unpackArchive}
 * @returns whether it was one; anything else is left to be copied
 * @throws BuildError `build/copy-failed`; as {@link isArchive} and {@link unpackArchive}
 */
export async function unpackIfArchive(
  tree: WritableTree,
  destination: ByteString,
  { root, path }: CopySource,
  owner: Owner | undefined
): Promise<boolean> {
  const file = holdFile(root, path)
  if (file === undefined) return false
  try {
    if (!(await isArchive(file.path))) return false
    await unpackArchive(tree, destination, file.path, owner)
    return true
  } finally {
    file.close()
  }
}
