import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/**
 * The SHA-256 of a regular file, as a hash that can be fed further, and its size in bytes; undefined
 * where there is no regular file (a link is none).
 */
export async function hashFile(path: string): Promise<{ hash: Hash; size: number } | undefined> {
  // O_NONBLOCK: a named pipe in the file's place must not make us wait for a writer.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw error
  })
  if (file === undefined) return undefined
  try {
    if (!(await file.stat()).isFile()) return undefined
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of file.createReadStream({ highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer)
      size += (chunk as Buffer).length
    }
    return { hash, size }
  } finally {
    await file.close()
  }
}

/** Whether a system error says that there is no file, or a link in its place. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')
}
