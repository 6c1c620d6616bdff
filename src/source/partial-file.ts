import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../base/make-folder.js'
import { hashFile } from './hash-file.js'
import type { Sink } from './sink.js'

/**
 * The mode of a stored source, whatever the umask. It can end in an image, so it is the one that a
 * downloaded file usually has.
 */
export const SOURCE_MODE = 0o644

/**
 * A file on its way into the store, hashed while it is written. It is written by one process: its name
 * `<hash>-<pid>-<count>` says by which, and a file that a dead process left behind is taken over by
 * renaming, which only one of several that try can do. A finished or given-up file has no `-<pid>`.
 */
export class PartialFile implements Sink {
  readonly path: string
  readonly #folder: string
  readonly #name: string
  readonly #file: FileHandle
  #hash: Hash
  #size: number
  #resumed: boolean

  private constructor(folder: string, name: string, path: string, file: FileHandle, start: Start) {
    this.#folder = folder
    this.#name = name
    this.path = path
    this.#file = file
    this.#hash = start.hash
    this.#size = start.size
    this.#resumed = start.size > 0
  }

  /** Goes on with what an earlier run left of the file, or begins anew. */
  static async open(folder: string, name: string): Promise<PartialFile> {
    makeFolder(folder)
    const path = join(folder, ownName(name))
    const taken = await takeOver(folder, name, path)
    const start = (taken ? await hashFile(path) : undefined) ?? beginning()
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW
    return new PartialFile(folder, name, path, await open(path, flags, 0o644), start)
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size
  }

  /** Whether a part of the bytes is an earlier run's. */
  get resumed(): boolean {
    return this.#resumed
  }

  /** SHA-256 of what is written so far, in hex. */
  digest(): string {
    return this.#hash.copy().digest('hex')
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#file.write(
        bytes,
        done,
        bytes.length - done,
        this.#size + done
      )
      done += bytesWritten
    }
    this.#hash.update(bytes)
    this.#size += bytes.length
  }

  /** Throws away what is written so far. */
  async restart(): Promise<void> {
    await this.#file.truncate(0)
    this.#hash = createHash('sha256')
    this.#size = 0
    this.#resumed = false
  }

  /** Ends writing and leaves the file, with its final mode, for the caller to move. */
  async finish(): Promise<void> {
    await this.#file.chmod(SOURCE_MODE)
    await this.#file.close()
  }

  /** Ends writing and keeps what is there for a later run. */
  async keep(): Promise<void> {
    await this.#file.close()
    if (this.#size === 0) await rm(this.path, { force: true })
    else await rename(this.path, join(this.#folder, this.#name))
  }
}

let count = 0

/** A file name in the folder of partial files that no other process, and no other call, uses. */
export function ownName(name: string): string {
  return `${name}-${process.pid}-${count++}`
}

interface Start {
  readonly hash: Hash
  readonly size: number
}

function beginning(): Start {
  return { hash: createHash('sha256'), size: 0 }
}

/** Renames the first leftover that nobody writes to; whether there was one. */
async function takeOver(folder: string, name: string, path: string): Promise<boolean> {
  for (const entry of await readdir(folder)) {
    if (!isLeftover(entry, name)) continue
    try {
      await rename(join(folder, entry), path)
      return true
    } catch {
      // Another process was faster.
    }
  }
  return false
}

function isLeftover(entry: string, name: string): boolean {
  if (entry === name) return true
  const [, owner, pid] = /^(.+)-(\d+)-\d+$/.exec(entry) ?? []
  return owner === name && !isAlive(Number(pid))
}

/**
 * A process in another pid namespace looks dead. Then two write to one file; the store verifies what it
 * hands out, so that the damage is a fetch that has to be repeated.
 */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
