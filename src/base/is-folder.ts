import { statSync } from 'node:fs'

/** Whether a path leads to a folder, followed through symbolic links; false where there is nothing. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
