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
import { type ArchiveMember, readTar } from '../../oci/tar/reader.js'
import { BuildError } from '../build-error.js'
import { makeSpecialFile } from '../copy/special-file.js'
import { type Capabilities, setCapability } from '../snapshot/file-capability.js'
import { factsOf } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'
import type { ImageLayer } from './built-image.js'

/**
 * Makes a layer's files in an empty folder; removed names become overlay whiteouts. Both of the layer's
 * digests are verified on the way, before anybody may use the folder.
 * @returns the capabilities of its files, by path
 * @throws BuildError `store/corrupt-blob`; `build/bad-layer` where an entry does not fit the rest
 */
export async function unpackLayer(
  blob: string,
  layer: ImageLayer,
  folder: ByteString
): Promise<Capabilities> {
  const compressed = new Digester()
  const tar = new Digester()
  const file = createReadStream(blob, { highWaterMark: 1 << 18 })
  const pieces = gunzip(watched(file, compressed), largestTar)
  const unpack = new Unpack(folder)
  for await (const member of readTar(watched(pieces, tar))) await unpack.member(member)
  unpack.finish()
  expectDigest(blob, layer.descriptor.digest, compressed)
  expectDigest(blob, layer.diffId, tar)
  return unpack.capabilities
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

class Unpack {
  readonly #folder: ByteString
  /** Times of folders are set last, because what is made in them changes them. */
  readonly #folders = new Map<ByteString, ArchiveEntry>()
  readonly capabilities = new Map<ByteString, string>()

  constructor(folder: ByteString) {
    this.#folder = folder
  }

  async member({ entry, content }: ArchiveMember): Promise<void> {
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
    else await this.#make(entry, path, file, content)
  }

  finish(): void {
    for (const [path, entry] of this.#folders) setTime(join(this.#folder, path), timeOf(entry))
  }

  async #make(
    entry: ArchiveEntry,
    path: ByteString,
    file: ByteString,
    content: AsyncIterable<Uint8Array>
  ): Promise<void> {
    if (entry.type === 'directory') {
      mkdirSync(fsPath(file))
      this.#folders.set(path, entry)
    } else if (entry.type === 'symlink') symlinkSync(fsPath(entry.linkname ?? ''), fsPath(file))
    else if (entry.type === 'file') await writeContent(file, content)
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
  }

  /** Whether a path is a folder that the layer made; never follows a link, so nothing leaves the folder. */
  #isFolder(path: ByteString): boolean {
    return path === '.' || this.#folders.has(path)
  }
}

function timeOf(entry: ArchiveEntry): { seconds: number; nanoseconds: number } {
  return { seconds: entry.mtime, nanoseconds: entry.mtimeNanoseconds }
}

async function writeContent(file: ByteString, content: AsyncIterable<Uint8Array>): Promise<void> {
  const descriptor = openSync(fsPath(file), 'wx')
  try {
    for await (const piece of content) {
      for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done)
    }
  } finally {
    closeSync(descriptor)
  }
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
