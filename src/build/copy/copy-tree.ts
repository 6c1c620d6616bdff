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
import { type FileFacts, factsOf, linkTarget } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'
import type { WritableTree } from '../snapshot/snapshot-store.js'
import { copyContent } from './copy-content.js'
import { type CopySource, takes } from './copy-source.js'
import { inTheWay, makeDirectories, type NewFolders } from './make-directories.js'
import type { ModeChange } from './mode-change.js'
import { namesIn } from './names-in.js'
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

/** A folder of the target that is made once something goes into it. */
interface PendingFolder {
  readonly from: ByteString
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
    const { path, name } = this.#source
    const facts = this.#sourceFacts(path)
    const folder = destination.endsWith('/') ? destination : dirname(destination)
    makeDirectories(this.#target, folder, this.#newFolders)
    const to = resolveInRoot(this.#target, destination)
    if (facts.type === 'directory') {
      makeDirectories(this.#target, to, this.#newFolders)
      await this.#contents('', to)
      // The folder itself keeps the mode and owner it has or is made with; only its time is the source's.
      // A context's own folder is made when it is sent, so it has the time of the build.
      if (path !== '') setTime(join(this.#target, to), facts)
      return
    }
    const isFolder = factsOf(join(this.#target, to))?.type === 'directory'
    const file = isFolder ? join(to, name) : to
    makeDirectories(this.#target, dirname(file), this.#newFolders)
    await this.#nonDirectory(path, file, facts)
  }

  /** @param below the folder's path below the source's */
  async #contents(below: ByteString, to: ByteString): Promise<void> {
    for (const name of namesIn(join(this.#source.root, this.#sourcePath(below)))) {
      const child = below === '' ? name : `${below}/${name}`
      const path = this.#sourcePath(child)
      const facts = this.#sourceFacts(path)
      const isDirectory = facts.type === 'directory'
      if (!this.#source.includes(path, isDirectory)) continue
      const taken = takes(this.#source.choice, child)
      if (taken) this.#makePending()
      if (isDirectory) await this.#directory(child, join(to, name), facts, taken)
      else if (taken) await this.#nonDirectory(path, join(to, name), facts)
    }
  }

  async #directory(
    below: ByteString,
    to: ByteString,
    facts: FileFacts,
    taken: boolean
  ): Promise<void> {
    const from = this.#sourcePath(below)
    if (taken) this.#makeFolder(to, facts)
    this.#above.push({ from, to, made: taken })
    await this.#contents(below, to)
    this.#above.pop()
    if (taken) await this.#applyMetadata(from, to, facts)
  }

  /**
   * Folders that are not taken themselves are made for the first thing below them. A new one gets the
   * metadata of its source, but no time that outlasts what is put into it.
   */
  #makePending(): void {
    for (const folder of this.#above) {
      if (folder.made) continue
      folder.made = true
      const facts = this.#sourceFacts(folder.from)
      if (this.#makeFolder(folder.to, facts)) this.#applyOwnerAndMode(folder.to, facts)
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

  async #nonDirectory(from: ByteString, to: ByteString, facts: FileFacts): Promise<void> {
    const source = join(this.#source.root, from)
    const file = join(this.#target, to)
    const there = factsOf(file)
    if (there?.type === 'directory') throw inTheWay(to, 'no folder in the way', 'a folder')
    if (there !== undefined) rmSync(fsPath(file))
    if (facts.type === 'file') {
      if (!this.#linkToEarlier(file, facts)) copyContent(source, file, facts)
    } else if (facts.type === 'symlink') {
      symlinkSync(fsPath(linkTarget(source)), fsPath(file))
    } else if (facts.type === 'socket') {
      // One of a context arrives as an empty file; no layer would have one of an image.
      if (!this.#options.ownedByRoot) return
      closeSync(openSync(fsPath(file), 'wx'))
    } else {
      await makeSpecialFile(file, facts)
    }
    await this.#applyMetadata(from, to, facts)
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

  async #applyMetadata(from: ByteString, to: ByteString, facts: FileFacts): Promise<void> {
    this.#applyOwnerAndMode(to, facts)
    const file = join(this.#target, to)
    const capability = this.#options.capabilities.get(from)
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

  #sourceFacts(path: ByteString): FileFacts {
    const facts = factsOf(join(this.#source.root, path))
    if (facts !== undefined) return facts
    throw new BuildError('build/copy-missing', 'a file vanished while it was copied', {
      where: path
    })
  }
}
