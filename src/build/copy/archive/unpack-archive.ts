import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, bytesOfText, fsPath } from '../../../base/byte-string.js'
import { readTar } from '../../../oci/tar/reader.js'
import type { WritableTree } from '../../snapshot/snapshot-store.js'
import { makeDirectories } from '../make-directories.js'
import type { Owner } from '../owner.js'
import { resolveInRoot } from '../resolve.js'
import { SparseWriter } from '../sparse-writer.js'
import { decompressed } from './decompress.js'
import { Extraction } from './extraction.js'

/**
 * Unpacks an archive into a folder, which is made if need be (docs/format.md, "COPY and ADD"). Nothing in
 * it is trusted: whatever names and links it holds, all that is written lies in that folder.
 * @param destination inside the tree, absolute
 * @param owner of everything; undefined takes the owners that the archive names
 * @throws BuildError `build/bad-archive`, `build/copy-failed`; OciError `tar/…`, `gzip/…`
 */
export async function unpackArchive(
  tree: WritableTree,
  destination: ByteString,
  archive: ByteString,
  owner: Owner | undefined
): Promise<void> {
  const root = bytesOfText(tree.root)
  makeDirectories(root, destination, { owner })
  const folder = resolveInRoot(root, destination)
  const extraction = new Extraction(join(root, folder), owner)
  for await (const { entry, content } of readTar(decompressed(archive))) {
    const made = await extraction.make(entry)
    if (made === undefined) continue
    if (entry.type === 'file') await writeContent(made, content)
    await extraction.applyMetadata(entry, made)
  }
  extraction.finish()
  for (const [path, value] of extraction.capabilities) {
    tree.capabilities.set(folder === '' ? path : `${folder}/${path}`, value)
  }
}

async function writeContent(file: ByteString, content: AsyncIterable<Uint8Array>): Promise<void> {
  const descriptor = openSync(fsPath(file), 'r+')
  try {
    const writer = new SparseWriter(descriptor)
    for await (const piece of content) writer.write(piece)
    writer.end()
  } finally {
    closeSync(descriptor)
  }
}
