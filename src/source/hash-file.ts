import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** A regular file as it was read. */
export interface HashedFile {
  /** SHA-256; it can be fed further. */
  readonly hash: Hash
  /** In bytes. */
  readonly size: number
  /** Permission bits. */
  readonly mode: number
}

/** Hashes a regular file; undefined where there is none (a link is none). */
export async function hashFile(path: string): Promise<HashedFile | undefined> {
  // O_NONBLOCK: a named pipe in the file's place must not make us wait for a writer.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw error
  })
  if (file === undefined) return undefined
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return undefined
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of file.createReadStream({ highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer)
      size += (chunk as Buffer).length
    }
    return { hash, size, mode: stat.mode & 0o7777 }
  } finally {
    await file.close()
  }
}

/** Whether a system error says that there is no file, or a link in its place. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')
}
