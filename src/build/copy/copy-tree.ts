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
import { dirname, join } from 'node:path'
import { type ByteString, bytesOfText, fsPath } from '../../base/byte-string.js'
import { BuildError } from '../build-error.js'
import { type Capabilities, setCapability } from '../snapshot/file-capability.js'
import { type FileFacts, factsOf } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'
import type { WritableTree } from '../snapshot/snapshot-store.js'
import { copyContent } from './copy-content.js'
import { type CopySource, takes } from './copy-source.js'
import { type HeldFolder, type HeldName, holdAbove } from './held-folder.js'
import { inTheWay, makeDirectories, type NewFolders } from './make-directories.js'
import type { ModeChange } from './mode-change.js'
import type { Owner } from './owner.js'
import { resolveInRoot } from './resolve.js'
import { makeSpecialFile } from './special-file.js'

/** How a copy is made, beside what is copied. */
export interface CopyOptions {
  /** The owner of all that is copied, and of folders made for it; undefined keeps each file's own. */
  readonly owner: Owner | undefined
  /** How modes are changed; undefined keeps them. Symbolic links have none. */
  readonly mode: ModeChange | undefined
  /** Whether the files of the source belong to root, whoever owns them on this machine. */
  readonly ownedByRoot: boolean
  /** Of the files in the source's tree. */
  readonly capabilities: Capabilities
}

/**
 * Copies a file or the contents of a folder into a tree, with the rules of BuildKit's fsutil/copy
 * (docs/format.md, "COPY and ADD").
 * @param destination inside `target`, absolute; a trailing slash says that it is a folder
 * @throws BuildError `build/copy-failed`
 */
export async function copyInto(
  target: WritableTree,
  destination: ByteString,
  source: CopySource,
  options: CopyOptions
): Promise<void> {
  await new Copy(target, source, options).run(destination)
}

/** What is found in the source. */
interface Found extends HeldName {
  /** Below the source's root. */
  readonly path: ByteString
  readonly facts: FileFacts
}

/** A folder of the target that is made once something goes into it. */
interface PendingFolder {
  /** Of the folder in the source. */
  readonly facts: FileFacts
  readonly to: ByteString
  made: boolean
}

class Copy {
  readonly #tree: WritableTree
  readonly #target: ByteString
  readonly #source: CopySource
  readonly #options: CopyOptions
  readonly #newFolders: NewFolders
  /** Where files with several names were copied to, by inode: hard links stay hard links. */
  readonly #linked = new Map<bigint, ByteString>()
  /** The folders from the source's own down to the one being copied. */
  readonly #above: PendingFolder[] = []

  constructor(tree: WritableTree, source: CopySource, options: CopyOptions) {
    this.#tree = tree
    this.#target = bytesOfText(tree.root)
    this.#source = source
    this.#options = options
    const { owner, mode } = options
    this.#newFolders = { owner, ...(mode === undefined ? {} : { mode: mode.forNewFolders }) }
  }

  async run(destination: ByteString): Promise<void> {
    const { root, path } = this.#source
    const { folder, name } = holdAbove(root, path)
    try {
      await this.#from(found(folder, name, path), destination)
    } finally {
      folder.close()
    }
  }

  async #from(from: Found, destination: ByteString): Promise<void> {
    const folder = destination.endsWith('/') ? destination : dirname(destination)
    makeDirectories(this.#target, folder, this.#newFolders)
    const to = resolveInRoot(this.#target, destination)
    if (from.facts.type === 'directory') {
      makeDirectories(this.#target, to, this.#newFolders)
      await this.#contents(from, '', to)
      // The folder itself keeps the mode and owner it has or is made with; only its time is the source's.
      // A context's own folder is made when it is sent, so it has the time of the build.
      if (from.path !== '') setTime(join(this.#target, to), from.facts)
      return
    }
    const isFolder = factsOf(join(this.#target, to))?.type === 'directory'
    const file = isFolder ? join(to, this.#source.name) : to
    makeDirectories(this.#target, dirname(file), this.#newFolders)
    await this.#nonDirectory(from, file)
  }

  /** @param below the folder's path below the source's */
  async #contents(from: Found, below: ByteString, to: ByteString): Promise<void> {
    const folder = from.folder.folder(from.name)
    try {
      for (const name of folder.names()) {
        const child = below === '' ? name : `${below}/${name}`
        await this.#child(found(folder, name, this.#sourcePath(child)), child, join(to, name))
      }
    } finally {
      folder.close()
    }
  }

  async #child(from: Found, below: ByteString, to: ByteString): Promise<void> {
    const isDirectory = from.facts.type === 'directory'
    if (!this.#source.includes(from.path, isDirectory)) return
    const taken = takes(this.#source.choice, below)
    if (taken) this.#makePending()
    if (isDirectory) await this.#directory(from, below, to, taken)
    else if (taken) await this.#nonDirectory(from, to)
  }

  async #directory(from: Found, below: ByteString, to: ByteString, taken: boolean): Promise<void> {
    const { facts } = from
    if (taken) this.#makeFolder(to, facts)
    this.#above.push({ facts, to, made: taken })
    await this.#contents(from, below, to)
    this.#above.pop()
    if (taken) await this.#applyMetadata(from, to)
  }

  /**
   * Folders that are not taken themselves are made for the first thing below them. A new one gets the
   * metadata of its source, but no time that outlasts what is put into it.
   */
  #makePending(): void {
    for (const folder of this.#above) {
      if (folder.made) continue
      folder.made = true
      if (this.#makeFolder(folder.to, folder.facts)) {
        this.#applyOwnerAndMode(folder.to, folder.facts)
      }
    }
  }

  /** @returns whether it was made; one that is there only takes the source's mode */
  #makeFolder(to: ByteString, facts: FileFacts): boolean {
    const file = join(this.#target, to)
    const there = factsOf(file)
    if (there === undefined) mkdirSync(fsPath(file), { mode: facts.mode & 0o777 })
    else if (there.type !== 'directory') throw inTheWay(to, 'a folder', `a ${there.type}`)
    else chmodSync(fsPath(file), facts.mode)
    return there === undefined
  }

  async #nonDirectory(from: Found, to: ByteString): Promise<void> {
    const { facts } = from
    const file = join(this.#target, to)
    const there = factsOf(file)
    if (there?.type === 'directory') throw inTheWay(to, 'no folder in the way', 'a folder')
    if (there !== undefined) rmSync(fsPath(file))
    if (facts.type === 'file') {
      if (!this.#linkToEarlier(file, facts)) copyFile(from, file)
    } else if (facts.type === 'symlink') {
      symlinkSync(fsPath(from.folder.linkTarget(from.name)), fsPath(file))
    } else if (facts.type === 'socket') {
      // One of a context arrives as an empty file; no layer would have one of an image.
      if (!this.#options.ownedByRoot) return
      closeSync(openSync(fsPath(file), 'wx'))
    } else {
      await makeSpecialFile(file, facts)
    }
    await this.#applyMetadata(from, to)
  }

  #linkToEarlier(file: ByteString, facts: FileFacts): boolean {
    if (facts.names < 2) return false
    const earlier = this.#linked.get(facts.inode)
    if (earlier === undefined) {
      this.#linked.set(facts.inode, file)
      return false
    }
    linkSync(fsPath(earlier), fsPath(file))
    return true
  }

  async #applyMetadata({ path, facts }: Found, to: ByteString): Promise<void> {
    this.#applyOwnerAndMode(to, facts)
    const file = join(this.#target, to)
    const capability = this.#options.capabilities.get(path)
    if (capability !== undefined && facts.type === 'file') {
      await setCapability(file, capability)
      this.#tree.capabilities.set(to, capability)
    }
    setTime(file, facts)
  }

  #applyOwnerAndMode(to: ByteString, facts: FileFacts): void {
    const file = fsPath(join(this.#target, to))
    const { owner, ownedByRoot, mode } = this.#options
    const { uid, gid } = owner ?? (ownedByRoot ? { uid: 0, gid: 0 } : facts)
    lchownSync(file, uid, gid)
    if (facts.type === 'symlink') return
    // After the owner, because changing the owner clears set-user-id and set-group-id.
    chmodSync(file, mode?.apply(facts.mode, facts.type === 'directory') ?? facts.mode)
  }

  #sourcePath(below: ByteString): ByteString {
    const { path } = this.#source
    if (below === '') return path
    return path === '' ? below : `${path}/${below}`
  }
}

function found(folder: HeldFolder, name: ByteString, path: ByteString): Found {
  const facts = folder.facts(name)
  if (facts !== undefined) return { folder, name, path, facts }
  throw new BuildError('build/copy-missing', 'a file vanished while it was copied', {
    where: path
  })
}

function copyFile({ folder, name, facts }: Found, to: ByteString): void {
  const source = folder.file(name)
  try {
    copyContent(source.path, to, facts)
  } finally {
    source.close()
  }
}
