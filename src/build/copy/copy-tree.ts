import {
  chmodSync,
  constants,
  copyFileSync,
  lchownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'
import { BuildError } from '../build-error.js'
import { type FileFacts, factsOf, linkTarget } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'
import { makeSpecialFile } from './special-file.js'
import { resolveInRoot } from './resolve.js'

/** Who owns a file. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** How a copy is made, beside what is copied. */
export interface CopyOptions {
  /** The owner of all that is copied or made; undefined keeps each file's own. */
  readonly owner: Owner | undefined
  /** Changes a file's mode (`--chmod`); symbolic links have none. */
  readonly mode: ((mode: number, isDirectory: boolean) => number) | undefined
  /** Whether a path, relative to the source's root, is taken at all. */
  readonly includes: (path: ByteString, isDirectory: boolean) => boolean
}

/** One thing to copy. */
export interface CopySource {
  readonly root: ByteString
  /** Below the root, no links in it. */
  readonly path: ByteString
  /** The name under which it arrives in a folder. */
  readonly name: ByteString
}

/**
 * Copies a file or the contents of a folder into a tree, with the rules of BuildKit's fsutil/copy
 * (docs/format.md, "COPY").
 * @param destination inside `target`, absolute; a trailing slash says that it is a folder
 * @throws BuildError `build/copy-failed`
 */
export async function copyInto(
  target: ByteString,
  destination: ByteString,
  source: CopySource,
  options: CopyOptions
): Promise<void> {
  await new Copy(target, source, options).run(destination)
}

class Copy {
  readonly #target: ByteString
  readonly #source: CopySource
  readonly #options: CopyOptions
  /** Where files with several names were copied to, by inode: hard links stay hard links. */
  readonly #linked = new Map<bigint, ByteString>()

  constructor(target: ByteString, source: CopySource, options: CopyOptions) {
    this.#target = target
    this.#source = source
    this.#options = options
  }

  async run(destination: ByteString): Promise<void> {
    const facts = this.#sourceFacts(this.#source.path)
    const folder = destination.endsWith('/') ? destination : dirname(destination)
    makeDirectories(this.#target, folder, this.#options)
    const path = resolveInRoot(this.#target, destination)
    if (facts.type === 'directory') {
      // The folder itself keeps the mode and owner it has or is made with; only its time is the source's.
      makeDirectories(this.#target, path, this.#options)
      await this.#contents(this.#source.path, path, facts)
      return
    }
    const isFolder = factsOf(join(this.#target, path))?.type === 'directory'
    const to = isFolder ? join(path, this.#source.name) : path
    makeDirectories(this.#target, dirname(to), this.#options)
    await this.#nonDirectory(this.#source.path, to, facts)
  }

  async #contents(from: ByteString, to: ByteString, facts: FileFacts): Promise<void> {
    for (const name of namesIn(join(this.#source.root, from))) {
      const child = from === '' ? name : `${from}/${name}`
      const childFacts = this.#sourceFacts(child)
      const isDirectory = childFacts.type === 'directory'
      if (!this.#options.includes(child, isDirectory)) continue
      if (isDirectory) await this.#directory(child, join(to, name), childFacts)
      else await this.#nonDirectory(child, join(to, name), childFacts)
    }
    setTime(join(this.#target, to), facts)
  }

  async #directory(from: ByteString, to: ByteString, facts: FileFacts): Promise<void> {
    const file = join(this.#target, to)
    const there = factsOf(file)
    if (there === undefined) mkdirSync(fsPath(file))
    else if (there.type !== 'directory') throw refused(to, 'a folder', `a ${there.type}`)
    this.#applyOwnerAndMode(file, facts)
    await this.#contents(from, to, facts)
  }

  async #nonDirectory(from: ByteString, to: ByteString, facts: FileFacts): Promise<void> {
    const source = join(this.#source.root, from)
    const file = join(this.#target, to)
    const there = factsOf(file)
    if (there?.type === 'directory') throw refused(to, 'no folder in the way', 'a folder')
    if (there !== undefined) rmSync(fsPath(file))
    if (this.#linkToEarlier(file, facts)) return
    if (facts.type === 'file') {
      copyFileSync(fsPath(source), fsPath(file), constants.COPYFILE_FICLONE)
    } else if (facts.type === 'symlink') {
      symlinkSync(fsPath(linkTarget(source)), fsPath(file))
    } else {
      await makeSpecialFile(file, facts)
    }
    this.#applyOwnerAndMode(file, facts)
    setTime(file, facts)
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

  #applyOwnerAndMode(file: ByteString, facts: FileFacts): void {
    const { uid, gid } = this.#options.owner ?? facts
    lchownSync(fsPath(file), uid, gid)
    if (facts.type === 'symlink') return
    const mode = this.#options.mode?.(facts.mode, facts.type === 'directory') ?? facts.mode
    // After the owner, because changing the owner clears set-user-id and set-group-id.
    chmodSync(fsPath(file), mode)
  }

  #sourceFacts(path: ByteString): FileFacts {
    const facts = factsOf(join(this.#source.root, path))
    if (facts !== undefined) return facts
    throw new BuildError('build/copy-missing', 'a file vanished while it was copied', {
      where: path
    })
  }
}

/** Makes a folder and those above it where they are missing: 0755, or what `--chmod` says. */
export function makeDirectories(
  root: ByteString,
  path: ByteString,
  options: Pick<CopyOptions, 'owner' | 'mode'>
): void {
  const parts = resolveInRoot(root, path).split('/')
  let current = root
  for (const part of parts.filter((name) => name !== '')) {
    current = join(current, part)
    const there = factsOf(current)
    if (there?.type === 'directory') continue
    if (there !== undefined) throw refused(path, 'a folder', `a ${there.type} at ${part}`)
    mkdirSync(fsPath(current))
    const { uid, gid } = options.owner ?? { uid: 0, gid: 0 }
    lchownSync(fsPath(current), uid, gid)
    chmodSync(fsPath(current), options.mode?.(0o755, true) ?? 0o755)
  }
}

function namesIn(folder: ByteString): ByteString[] {
  return readdirSync(fsPath(folder), { encoding: 'latin1' }).sort(byCodeUnit)
}

function refused(path: ByteString, expected: string, found: string): BuildError {
  return new BuildError('build/copy-failed', 'cannot copy over what is there', {
    where: `/${path}`,
    expected,
    found
  })
}
