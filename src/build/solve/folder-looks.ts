import { lstatSync, readdirSync, type Stats } from 'node:fs'
import { join } from 'node:path'

/** How a folder looks, with all that is in it. */
export interface FolderLooks {
  /** For each name what would be another if the file were: type, mode, size, times, inode. */
  readonly files: readonly unknown[]
  /** The latest change time, in milliseconds since 1970. */
  readonly newest: number
}

/** A folder with more than so many names is sooner read than looked at each time. */
const mostNames = 500

/**
 * Looks at everything in a folder, following no link.
 * @returns undefined where that is too much or not allowed, and where the folder or what lies directly in it is a
 * link: a Containerfile or an ignore file that is one is read wherever it leads
 */
export function folderLooks(folder: string): FolderLooks | undefined {
  const files: unknown[] = []
  try {
    const newest = look(folder, 0, files)
    return newest === undefined ? undefined : { files, newest }
  } catch {
    return undefined
  }
}

/** @param depth how many folders below the one that is asked about */
function look(path: string, depth: number, files: unknown[]): number | undefined {
  const stat = lstatSync(path)
  if (depth < 2 && stat.isSymbolicLink()) return undefined
  files.push(...rowOf(path, stat))
  if (files.length > mostNames * rowLength) return undefined
  let newest = stat.ctimeMs
  if (!stat.isDirectory()) return newest
  // In the order of the file system: another one is another look, which costs a reading and nothing else.
  for (const name of readdirSync(path)) {
    const below = look(join(path, name), depth + 1, files)
    if (below === undefined) return undefined
    newest = Math.max(newest, below)
  }
  return newest
}

function rowOf(path: string, { mode, size, mtimeMs, ctimeMs, ino, dev }: Stats): unknown[] {
  return [path, mode, size, mtimeMs, ctimeMs, ino, dev]
}

const rowLength = 7
