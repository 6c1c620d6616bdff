import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  createReadStream,
  lchownSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  writeSync
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type ByteString, fsPath, textOfBytes } from '../../base/byte-string.js'
import { run } from '../../base/process.js'
import { type Digest, Digester } from '../../oci/digest.js'
import { gunzip } from '../../oci/gzip/decompress.js'
import { cleanPath } from '../../oci/tar/clean-path.js'
import type { ArchiveEntry } from '../../oci/tar/entry.js'
import { readTar } from '../../oci/tar/reader.js'
import { BuildError } from '../build-error.js'
import { makeSpecialFile } from '../copy/special-file.js'
import { setCapability } from '../snapshot/file-capability.js'
import { factsOf } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'
import type { FilledFolder } from '../snapshot/snapshot-store.js'
import type { Listing } from '../snapshot/listing.js'
import type { ImageLayer } from './built-image.js'
import { layerMembers } from './layer-members.js'

/**
 * Makes a layer's files in an empty folder; removed names become overlay whiteouts. Both of the layer's
 * digests are verified on the way, before anybody may use the folder.
 * @throws BuildError `store/corrupt-blob`; `build/bad-layer` where an entry does not fit the rest
 */
export async function unpackLayer(
  blob: string,
  layer: ImageLayer,
  folder: ByteString
): Promise<FilledFolder> {
  const compressed = new Digester()
  const tar = new Digester()
  const file = createReadStream(blob, { highWaterMark: 1 << 18 })
  const pieces = gunzip(watched(file, compressed), largestTar)
  const unpack = new Unpack(folder)
  for await (const { entry, content } of readTar(watched(pieces, tar))) {
    await unpack.member(entry, content)
  }
  unpack.finish()
  expectDigest(blob, layer.descriptor.digest, compressed)
  expectDigest(blob, layer.diffId, tar)
  return unpack
}

/**
 * Makes the files that unpacking a layer would make, from the snapshot that the layer was made of.
 * @param files the snapshot's files
 * @throws BuildError `store/corrupt-snapshot` where a file is no longer what the listing says
 */
export async function unpackSnapshot(
  files: ByteString,
  listing: Listing,
  folder: ByteString
): Promise<FilledFolder> {
  const unpack = new Unpack(folder)
  for (const { entry, content, digest } of layerMembers(files, listing)) {
    await unpack.member({ ...entry, mtimeNanoseconds: 0 }, content(), digest)
  }
  unpack.finish()
  return unpack
}

/** No layer is larger; a stream that expands without end stops here. */
const largestTar = 2 ** 38

async function* watched(
  pieces: AsyncIterable<Uint8Array>,
  digester: Digester
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    digester.update(piece)
    yield piece
  }
}

function expectDigest(blob: string, expected: Digest, digester: Digester): void {
  const found = digester.digest()
  if (found === expected) return
  rmSync(blob, { force: true })
  throw new BuildError('store/corrupt-blob', 'a layer in the store does not match its digest', {
    where: blob,
    expected,
    found,
    hint: 'it was removed; build again and it is made anew'
  })
}

const whiteoutPrefix = '.wh.'

type Content = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

class Unpack implements FilledFolder {
  readonly #folder: ByteString
  /** Times of folders are set last, because what is made in them changes them. */
  readonly #folders = new Map<ByteString, ArchiveEntry>()
  readonly capabilities = new Map<ByteString, string>()
  readonly contents = new Map<ByteString, Digest>()

  constructor(folder: ByteString) {
    this.#folder = folder
  }

  /** @param digest the content's, where whoever gives it verifies that it has this one */
  async member(entry: ArchiveEntry, content: Content, digest?: Digest): Promise<void> {
    const path = cleanPath(entry.path)
    if (path === undefined) throw badLayer(entry, 'a name inside the layer')
    if (path === '') return
    const parent = dirname(path)
    if (!this.#isFolder(parent)) throw badLayer(entry, 'a folder above it, made by the layer')
    const name = basename(path)
    const file = join(this.#folder, path)
    if (name.startsWith(whiteoutPrefix)) {
      await makeWhiteout(join(this.#folder, parent, name.slice(whiteoutPrefix.length)), entry)
      return
    }
    if (factsOf(file) !== undefined) throw badLayer(entry, 'each name once')
    if (entry.type === 'hardlink') this.#hardLink(entry, path, file)
    else await this.#make(entry, path, file, content, digest)
  }

  finish(): void {
    for (const [path, entry] of this.#folders) setTime(join(this.#folder, path), timeOf(entry))
  }

  async #make(
    entry: ArchiveEntry,
    path: ByteString,
    file: ByteString,
    content: Content,
    digest?: Digest
  ): Promise<void> {
    if (entry.type === 'directory') {
      mkdirSync(fsPath(file))
      this.#folders.set(path, entry)
    } else if (entry.type === 'symlink') symlinkSync(fsPath(entry.linkname ?? ''), fsPath(file))
    else if (entry.type === 'file')
      this.contents.set(path, await writeContent(file, content, digest))
    else if (entry.type === 'fifo') await makeSpecialFile(file, { type: 'fifo', rdev: 0 })
    else throw badLayer(entry, 'no device files')
    lchownSync(fsPath(file), entry.uid, entry.gid)
    if (entry.type !== 'symlink') chmodSync(fsPath(file), entry.mode)
    if (entry.capability !== undefined && entry.type === 'file') {
      const hex = Buffer.from(entry.capability).toString('hex')
      await setCapability(file, hex)
      this.capabilities.set(path, hex)
    }
    if (entry.type !== 'directory') setTime(file, timeOf(entry))
  }

  #hardLink(entry: ArchiveEntry, path: ByteString, file: ByteString): void {
    const first = cleanPath(entry.linkname ?? '') ?? ''
    const facts = this.#isFolder(dirname(first)) ? factsOf(join(this.#folder, first)) : undefined
    if (facts === undefined || facts.type === 'directory') {
      throw badLayer(entry, 'a link to an earlier file of the layer')
    }
    linkSync(fsPath(join(this.#folder, first)), fsPath(file))
    const capability = this.capabilities.get(first)
    if (capability !== undefined) this.capabilities.set(path, capability)
    const written = this.contents.get(first)
    if (written !== undefined) this.contents.set(path, written)
  }

  /** Whether a path is a folder that the layer made; never follows a link, so nothing leaves the folder. */
  #isFolder(path: ByteString): boolean {
    return path === '.' || this.#folders.has(path)
  }
}

function timeOf(entry: ArchiveEntry): { seconds: number; nanoseconds: number } {
  return { seconds: entry.mtime, nanoseconds: entry.mtimeNanoseconds }
}

async function writeContent(
  file: ByteString,
  content: Content,
  digest: Digest | undefined
): Promise<Digest> {
  const hash = createHash('sha256')
  const descriptor = openSync(fsPath(file), 'wx')
  try {
    for await (const piece of content) {
      if (digest === undefined) hash.update(piece)
      for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done)
    }
  } finally {
    closeSync(descriptor)
  }
  return digest ?? `sha256:${hash.digest('hex')}`
}

/** The one device that may be made in a user namespace: number 0/0, which overlayfs reads as "removed". */
async function makeWhiteout(file: ByteString, entry: ArchiveEntry): Promise<void> {
  const finished = await run('mknod', [textOfBytes(file), 'c', '0', '0'])
  if (finished.status !== 0) throw badLayer(entry, finished.stderr.trim())
}

function badLayer(entry: ArchiveEntry, expected: string): BuildError {
  return new BuildError('build/bad-layer', 'a layer cannot be unpacked', {
    where: textOfBytes(entry.path),
    expected,
    found: entry.type
  })
}
