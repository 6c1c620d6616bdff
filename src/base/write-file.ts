import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Puts a whole file at `path`, replacing what is there: a reader sees the old file or the new one, never
 * a part. Nothing is flushed to the disk: after a crash of the machine the file may be empty, so whoever
 * reads it must be able to tell.
 * @param temporary a file name on the same file system that nobody else uses
 */
export function replaceFile(path: string, content: string | Uint8Array, temporary: string): void {
  withTemporary(content, temporary, 0o644, () => {
    renameSync(temporary, path)
  })
}

/**
 * Puts a whole file at `path` unless something is there already; see {@link replaceFile}.
 * @param mode its permissions
 * @returns whether this call created it
 */
export function createFile(
  path: string,
  content: string | Uint8Array,
  temporary: string,
  mode = 0o644
): boolean {
  return withTemporary(content, temporary, mode, () => linkExclusively(temporary, path))
}

/**
 * Gives a file a second name, unless that name is taken.
 * @returns whether the name was free
 */
export function linkExclusively(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function withTemporary<T>(
  content: string | Uint8Array,
  temporary: string,
  mode: number,
  publish: () => T
): T {
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode })
    return publish()
  } finally {
    rmSync(temporary, { force: true })
  }
}
