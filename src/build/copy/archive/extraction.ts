import {
  chmodSync,
  closeSync,
  lchownSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type ByteString, fsPath, textOfBytes } from '../../../base/byte-string.js'
import { cleanPath } from '../../../oci/tar/clean-path.js'
import type { ArchiveEntry } from '../../../oci/tar/entry.js'
import { BuildError } from '../../build-error.js'
import { setCapability } from '../../snapshot/file-capability.js'
import { factsOf } from '../../snapshot/file-facts.js'
import { setTime } from '../../snapshot/file-time.js'
import { makeDirectories } from '../make-directories.js'
import type { Owner } from '../owner.js'
import { resolveWithinRoot } from '../resolve.js'
import { makeSpecialFile } from '../special-file.js'

/** Seconds from which on Go's 64-bit nanoseconds do not hold a time. */
const latestTime = 9_223_372_036

/**
 * Makes the entries of an archive in a folder that is the root of all its names and links, as if the
 * program that extracts had been confined to it (chroot(2)).
 */
export class Extraction {
  readonly #folder: ByteString
  readonly #owner: Owner | undefined
  /** Times of folders are set last, because what is made in them changes them. */
  readonly #folders: { readonly path: ByteString; readonly entry: ArchiveEntry }[] = []
  /** Where parents of entries lie, links followed; forgotten whenever a link or a folder may have gone. */
  readonly #parents = new Map<ByteString, ByteString>()
  /** What files got, by path below the folder, in hexadecimal. */
  readonly capabilities = new Map<ByteString, string>()

  constructor(folder: ByteString, owner: Owner | undefined) {
    this.#folder = folder
    this.#owner = owner
  }

  /**
   * Makes an entry, without its content and metadata, in place of whatever is there.
   * @returns the file; undefined where there is nothing to do
   * @throws BuildError `build/bad-archive`
   */
  async make(entry: ArchiveEntry): Promise<ByteString | undefined> {
    const name = cleanPath(entry.path)
    if (name === undefined) throw leadsOut(entry.path)
    // The folder itself is not the archive's.
    if (name === '') return undefined
    const parent = this.#ensureFolder(dirname(name))
    const path = parent === '' ? basename(name) : `${parent}/${basename(name)}`
    const file = join(this.#folder, path)
    const there = factsOf(file)
    if (there !== undefined && !(there.type === 'directory' && entry.type === 'directory')) {
      rmSync(fsPath(file), { recursive: true })
      this.#parents.clear()
    }
    this.capabilities.delete(path)
    if (entry.type !== 'directory' || there?.type !== 'directory') await this.#create(entry, file)
    if (entry.type === 'directory') this.#folders.push({ path, entry })
    return file
  }

  /** Sets owner, mode, capability and time of what {@link make} made, after its content is there. */
  async applyMetadata(entry: ArchiveEntry, file: ByteString): Promise<void> {
    const { uid, gid } = this.#owner ?? entry
    lchownSync(fsPath(file), uid, gid)
    // The link's target may be a link itself: a second name for a symbolic link.
    const isLink = entry.type === 'symlink' || factsOf(file)?.type === 'symlink'
    if (!isLink) {
      if (entry.capability !== undefined) await this.#setCapability(file, entry.capability)
      chmodSync(fsPath(file), entry.mode)
    }
    if (entry.type !== 'directory') setTime(file, timeOf(entry))
  }

  /** To be called after the last entry. */
  finish(): void {
    for (const { path, entry } of this.#folders) {
      // A later entry may have put a link where a folder was, which must not be gone through.
      if (resolveWithinRoot(this.#folder, path) !== path) continue
      const file = join(this.#folder, path)
      if (factsOf(file)?.type === 'directory') setTime(file, timeOf(entry))
    }
  }

  async #create(entry: ArchiveEntry, file: ByteString): Promise<void> {
    if (entry.type === 'directory') mkdirSync(fsPath(file))
    else if (entry.type === 'file') closeSync(openSync(fsPath(file), 'wx'))
    else if (entry.type === 'symlink') this.#symlink(entry, file)
    else if (entry.type === 'hardlink') this.#hardLink(entry, file)
    else if (entry.type === 'fifo') await makeSpecialFile(file, { type: 'fifo', rdev: 0 })
    else throw unsupportedDevice(entry)
  }

  #symlink(entry: ArchiveEntry, file: ByteString): void {
    symlinkSync(fsPath(entry.linkname ?? ''), fsPath(file))
    this.#parents.clear()
  }

  #hardLink(entry: ArchiveEntry, file: ByteString): void {
    const name = cleanPath(entry.linkname ?? '') ?? ''
    const parent = resolveWithinRoot(this.#folder, dirname(name))
    if (parent === undefined) throw leadsOut(entry.linkname ?? '')
    const target = join(parent, basename(name))
    const facts = name === '' ? undefined : factsOf(join(this.#folder, target))
    if (facts === undefined || facts.type === 'directory') {
      throw badEntry(entry, 'a link to a file that is there', entry.linkname ?? '')
    }
    linkSync(fsPath(join(this.#folder, target)), fsPath(file))
    // The file is about to be given an owner again, by which the kernel takes its capability away.
    this.capabilities.delete(target)
  }

  async #setCapability(file: ByteString, capability: Uint8Array): Promise<void> {
    const hex = Buffer.from(capability).toString('hex')
    await setCapability(file, hex)
    this.capabilities.set(this.#below(file), hex)
  }

  /**
   * Finds the folder that an entry goes into; where it and those above it are missing, they are made, also
   * where a link leads to.
   * @returns its path below the root of the extraction, no links in it
   */
  #ensureFolder(path: ByteString): ByteString {
    const known = this.#parents.get(path)
    if (known !== undefined) return known
    const resolved = resolveWithinRoot(this.#folder, path)
    if (resolved === undefined) throw leadsOut(path)
    makeDirectories(this.#folder, resolved, { owner: undefined })
    this.#parents.set(path, resolved)
    return resolved
  }

  #below(file: ByteString): ByteString {
    return file.slice(this.#folder.length).replace(/^\/+/, '')
  }
}

/** Times before 1970 and beyond Go's range become 0. */
function timeOf(entry: ArchiveEntry): { seconds: number; nanoseconds: number } {
  if (entry.mtime < 0 || entry.mtime > latestTime) return { seconds: 0, nanoseconds: 0 }
  return { seconds: entry.mtime, nanoseconds: entry.mtimeNanoseconds }
}

function leadsOut(path: ByteString): BuildError {
  return new BuildError('build/bad-archive', 'a name leads out of the folder it is unpacked into', {
    where: textOfBytes(path)
  })
}

function badEntry(entry: ArchiveEntry, expected: string, found: string): BuildError {
  const where = textOfBytes(entry.path)
  return new BuildError('build/bad-archive', 'an entry cannot be made', { where, expected, found })
}

function unsupportedDevice(entry: ArchiveEntry): BuildError {
  return new BuildError('build/unsupported', 'an archive holds a device file', {
    where: textOfBytes(entry.path),
    found: `a ${entry.type}`,
    hint: 'device files cannot be made in a build; make them where the image runs'
  })
}
