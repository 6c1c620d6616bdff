import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { isFolder } from './is-folder.js'

/**
 * Makes a folder and those above it that are not there yet; one that is there already will do. Node's own
 * recursive `mkdir` tries for ever where a folder is there in which the system knows no new name, as /proc.
 * @throws Error of the system
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (isFolder(path)) return
    const parent = dirname(path)
    if (!isFolder(parent) && parent !== path) {
      makeFolder(parent)
      makeFolder(path)
    } else throw error
  }
}
