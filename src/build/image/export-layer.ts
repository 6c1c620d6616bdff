import { createHash } from 'node:crypto'
import { openSync, readSync, closeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import { LayerWriter, type WrittenLayer } from '../../oci/layer-writer.js'
import type { TarEntry } from '../../oci/tar/entry.js'
import { BuildError } from '../build-error.js'
import { deviceNumbers } from '../copy/special-file.js'
import { type Listing, type TreeEntry, isTreeEntry } from '../snapshot/listing.js'

/**
 * Writes what a snapshot changed as a canonical layer (docs/format.md).
 * @param file is made; must not exist
 * @param folder the snapshot's own files
 * @throws BuildError `store/corrupt-snapshot` where a file is no longer what the listing says
 */
export async function exportLayer(
  file: string,
  folder: ByteString,
  listing: Listing
): Promise<WrittenLayer> {
  const writer = await LayerWriter.create(file)
  try {
    await new LayerExport(writer, folder, listing).run()
    return await writer.close()
  } catch (error) {
    await writer.abort()
    throw error
  }
}

class LayerExport {
  readonly #writer: LayerWriter
  readonly #folder: ByteString
  readonly #listing: Listing
  readonly #directories = new Map<ByteString, TreeEntry>()
  readonly #written = new Set<ByteString>()
  readonly #firstNames = new Map<number, ByteString>()

  constructor(writer: LayerWriter, folder: ByteString, listing: Listing) {
    this.#writer = writer
    this.#folder = folder
    this.#listing = listing
  }

  async run(): Promise<void> {
    for (const entry of this.#listing) {
      if (entry.type === 'deleted') await this.#whiteout(entry.path)
      if (!isTreeEntry(entry)) continue
      if (entry.type === 'directory') this.#directories.set(entry.path, entry)
      if (entry.recorded && entry.type !== 'socket') await this.#treeEntry(entry)
    }
  }

  /** A layer says that a name is gone by an empty file `.wh.<name>` (OCI image spec, layer.md). */
  async #whiteout(path: ByteString): Promise<void> {
    await this.#parents(path)
    const name = join(dirname(path), `.wh.${path.slice(path.lastIndexOf('/') + 1)}`)
    const nothing = { mode: 0, uid: 0, gid: 0, size: 0, mtime: 0 }
    await this.#writer.entry({ path: name, type: 'file', ...nothing })
  }

  async #treeEntry(entry: TreeEntry): Promise<void> {
    await this.#parents(entry.path)
    if (entry.type === 'directory') {
      await this.#directory(entry)
      return
    }
    const first = entry.links === undefined ? undefined : this.#firstNames.get(entry.links)
    if (first !== undefined) {
      await this.#writer.entry({ ...header(entry), type: 'hardlink', size: 0, linkname: first })
      return
    }
    if (entry.links !== undefined) this.#firstNames.set(entry.links, entry.path)
    await this.#writer.entry(header(entry))
    if (entry.type === 'file') await this.#content(entry)
  }

  /** Folders above an entry come before it, changed or not, so that any reader can make them right. */
  async #parents(path: ByteString): Promise<void> {
    const parent = dirname(path)
    if (parent === '.' || this.#written.has(parent)) return
    await this.#parents(parent)
    const entry = this.#directories.get(parent)
    if (entry !== undefined) await this.#directory(entry)
  }

  async #directory(entry: TreeEntry): Promise<void> {
    if (this.#written.has(entry.path)) return
    this.#written.add(entry.path)
    await this.#writer.entry(header(entry))
  }

  async #content(entry: TreeEntry): Promise<void> {
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
        await this.#writer.content(piece)
      }
    } finally {
      closeSync(descriptor)
    }
    const found: Digest = `sha256:${hash.digest('hex')}`
    if (found !== entry.content) throw corrupt(path, entry.content, found)
  }
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
