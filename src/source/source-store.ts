import { constants } from 'node:fs'
import { chmod, copyFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../base/make-folder.js'
import { hashFile } from './hash-file.js'
import { ownName, PartialFile, SOURCE_MODE } from './partial-file.js'
import { SourceError } from './source-error.js'

/**
 * Sources by their SHA-256, below a home folder:
 *
 *     sources/sha256/<hex>      whole files, mode 0644, each verified before it got this name
 *     sources/partial/<hex>…    files on their way (see PartialFile)
 *     quarantine/<hex>          the last file that was to be <hex> and was not
 *
 * Several processes may use it at once, and any of them may be killed at any point: a name under
 * `sha256` appears by the rename of a finished file. A file is hashed again whenever it is handed out:
 * size and time show no damage by a disk or through a hard link in `fetch/`, and the hash costs less
 * than what a build does with the file next.
 */
export class SourceStore {
  readonly #home: string

  constructor(home: string) {
    this.#home = home
  }

  /**
   * Where the file with this hash is, if it is here.
   * @throws SourceError `source/bad-hash`
   */
  path(hash: string): string {
    return join(this.#home, 'sources', 'sha256', checkedHash(hash))
  }

  /**
   * The path of the file with this hash, its bytes just verified; undefined where there is none. A file
   * with other bytes goes to quarantine.
   * @throws SourceError `source/store`, `source/bad-hash`
   */
  async verified(hash: string): Promise<string | undefined> {
    const path = this.path(hash)
    return storing(path, async () => {
      const found = await hashFile(path)
      if (found === undefined) return undefined
      if (found.hash.digest('hex') !== hash) {
        await this.#setAside(path, hash)
        return undefined
      }
      if (found.mode !== SOURCE_MODE) await chmod(path, SOURCE_MODE)
      return path
    })
  }

  /**
   * Takes in a file that is on this machine already, if it has this hash.
   * @returns its path in the store, or undefined where it has another hash or is not there
   * @throws SourceError `source/store`, `source/bad-hash`
   */
  async adopt(path: string, hash: string): Promise<string | undefined> {
    const kept = this.path(hash)
    return storing(path, async () => {
      const found = await hashFile(path)
      if (found?.hash.digest('hex') !== hash) return undefined
      makeFolder(this.#partials)
      const temporary = join(this.#partials, ownName(hash))
      // A copy: the file's own mode belongs to whoever put it there.
      await copyFile(path, temporary, constants.COPYFILE_FICLONE)
      await chmod(temporary, SOURCE_MODE)
      return this.#publish(temporary, kept)
    })
  }

  /**
   * The file with this hash as far as earlier runs got, to be written on.
   * @throws SourceError `source/store`, `source/bad-hash`
   */
  async partial(hash: string): Promise<PartialFile> {
    const name = checkedHash(hash)
    return storing(this.#partials, () => PartialFile.open(this.#partials, name))
  }

  /**
   * Takes in a partial file whose digest is `hash`; a file with another digest goes to quarantine.
   * @param from the URL that it came from, without credentials
   * @returns its path in the store
   * @throws SourceError `source/wrong-hash`, `source/store`
   */
  async complete(partial: PartialFile, hash: string, from: string): Promise<string> {
    const path = this.path(hash)
    const found = partial.digest()
    return storing(path, async () => {
      await partial.finish()
      if (found === hash) return this.#publish(partial.path, path)
      const aside = await this.#setAside(partial.path, hash)
      throw new SourceError('source/wrong-hash', 'these are not the declared bytes', {
        where: from,
        expected: hash,
        found,
        hint: `the file is kept for inspection at ${aside}`
      })
    })
  }

  get #partials(): string {
    return join(this.#home, 'sources', 'partial')
  }

  async #publish(temporary: string, path: string): Promise<string> {
    makeFolder(dirname(path))
    await rename(temporary, path)
    return path
  }

  /** One file is kept for each hash, so that a server cannot fill the disk with wrong ones. */
  async #setAside(path: string, hash: string): Promise<string> {
    const aside = join(this.#home, 'quarantine', hash)
    return this.#publish(path, aside)
  }
}

/** Hashes become file names; nothing else may. */
function checkedHash(hash: string): string {
  if (/^[0-9a-f]{64}$/.test(hash)) return hash
  throw new SourceError('source/bad-hash', 'this is no SHA-256', {
    expected: '64 lower-case hex digits',
    found: hash.slice(0, 80)
  })
}

/**
 * Does work on the store's files, and says which one where the system refuses: no space, no right, a
 * read-only file system.
 */
export async function storing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof SourceError) throw cause
    const { code, message } = cause as NodeJS.ErrnoException
    throw new SourceError('source/store', `the source store cannot be used: ${code ?? message}`, {
      where: path,
      ...(code === 'ENOSPC' ? { hint: 'free some space; what is there already is kept' } : {}),
      cause
    })
  }
}
