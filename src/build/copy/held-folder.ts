import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import { BuildError } from '../build-error.js'
import { fileDigest } from '../snapshot/file-digest.js'
import { type FileFacts, factsOf, linkTarget } from '../snapshot/file-facts.js'
import { namesIn } from './names-in.js'

/** A name in a folder that is held. */
export interface HeldName {
  readonly folder: HeldFolder
  readonly name: ByteString
}

/** A file of a source that is held: the path leads to it, whatever its name has come to mean. */
export interface HeldFile {
  /** For this process, until it is closed. */
  readonly path: ByteString
  readonly close: () => void
}

/**
 * A folder of a source, held while it is read. Who can write a context may put a link where a folder or a file was
 * a moment ago, so a path that has been looked at must not be followed again from its beginning. What is reached
 * from here, a name at a time and through no link, lies in the folder. That is openat(2), which Node does not have;
 * proc_pid_fd(5) does the same: the path of a descriptor leads to what it holds, not to where that once was.
 */
export class HeldFolder {
  readonly #descriptor: number
  /** What a person knows it by. */
  readonly #label: ByteString

  private constructor(descriptor: number, label: ByteString) {
    this.#descriptor = descriptor
    this.#label = label
  }

  /**
   * Holds a folder of a tree.
   * @param root links in it are followed: whoever names it is trusted with where it is
   * @param path below the root, no links in it; '' is the root itself
   * @throws BuildError `build/copy-failed` where there is a link by now
   */
  static at(root: ByteString, path: ByteString): HeldFolder {
    let folder = new HeldFolder(openSync(fsPath(root), O_PATH | O_DIRECTORY), root)
    for (const name of path.split('/').filter((part) => part !== '')) {
      const above = folder
      try {
        folder = above.folder(name)
      } finally {
        above.close()
      }
    }
    return folder
  }

  /** The names in it, in byte order. */
  names(): ByteString[] {
    return this.#at('.', namesIn)
  }

  /** The facts of a name, or undefined where there is none. `.` is the folder itself. */
  facts(name: ByteString): FileFacts | undefined {
    return this.#at(name, factsOf)
  }

  /** Where a symbolic link points. */
  linkTarget(name: ByteString): ByteString {
    return this.#at(name, linkTarget)
  }

  /** See `fileDigest`. */
  digest(name: ByteString, size: number): Digest {
    return this.#at(name, (path) => fileDigest(path, size))
  }

  /** Holds a folder in it. To be closed. */
  folder(name: ByteString): HeldFolder {
    const descriptor = this.#at(name, (path) => open(path, O_DIRECTORY))
    return new HeldFolder(descriptor, join(this.#label, name))
  }

  /** Holds a regular file in it. To be closed. */
  file(name: ByteString): HeldFile {
    const descriptor = this.#at(name, (path) => open(path, 0))
    const close = (): void => {
      closeSync(descriptor)
    }
    if (fstatSync(descriptor).isFile()) return { path: pathOf(descriptor), close }
    close()
    throw changed(join(this.#label, name), 'something else than the file that was there')
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  /** Errors name the file as a person knows it. */
  #at<T>(name: ByteString, use: (path: ByteString) => T): T {
    try {
      return use(`${pathOf(this.#descriptor)}/${name}`)
    } catch (error) {
      const file = join(this.#label, name)
      const found = becameOther[(error as NodeJS.ErrnoException).code ?? '']
      throw found === undefined
        ? Object.assign(error as Error, { path: file })
        : changed(file, found)
    }
  }
}

/**
 * Holds the folder in which a source lies; for a tree's root, that root. To be closed.
 * @throws BuildError `build/copy-failed`, as {@link HeldFolder.at}
 */
export function holdAbove(root: ByteString, path: ByteString): HeldName {
  const above = dirname(path)
  const folder = HeldFolder.at(root, above === '.' ? '' : above)
  return { folder, name: path === '' ? '.' : basename(path) }
}

/** Holds the regular file that a source is. To be closed. Undefined where it is anything else. */
export function holdFile(root: ByteString, path: ByteString): HeldFile | undefined {
  const { folder, name } = holdAbove(root, path)
  try {
    return folder.facts(name)?.type === 'file' ? folder.file(name) : undefined
  } finally {
    folder.close()
  }
}

const { O_DIRECTORY, O_NOFOLLOW } = constants

/** Holds a file without opening it, which may do something where it is a device (open(2)). */
const O_PATH = 0o10000000

function open(path: ByteString, flags: number): number {
  return openSync(fsPath(path), O_PATH | O_NOFOLLOW | flags)
}

function pathOf(descriptor: number): ByteString {
  return `/proc/self/fd/${descriptor}`
}

/** What it means that a name cannot be used as what it was. */
const becameOther: Readonly<Record<string, string>> = {
  ELOOP: 'a symbolic link, where a file was',
  ENOTDIR: 'no folder, where one was',
  EINVAL: 'no symbolic link, where one was'
}

function changed(where: ByteString, found: string): BuildError {
  return new BuildError('build/copy-failed', 'a file changed while it was copied', {
    where,
    expected: 'files that nobody writes to meanwhile',
    found,
    hint: 'build again when nothing writes to them'
  })
}
