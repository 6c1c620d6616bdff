import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { isFolder } from './is-folder.js'

/** Where a path leads that need not be there yet: what of it exists, and whether more can be made below that. */
export interface NearestExisting {
  /** The path itself, or the nearest above it that exists. */
  readonly path: string
  /** False for a file, below which there can be nothing. */
  readonly isFolder: boolean
}

/** @param path absolute */
export function nearestExisting(path: string): NearestExisting {
  let nearest = path
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest)
  return { path: nearest, isFolder: isFolder(nearest) }
}
