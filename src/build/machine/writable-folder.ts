import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import type { Machine } from './machine.js'

/**
 * Where things can be tried out on the file system that the store will lie on: the store's folder, or the
 * nearest folder above it that exists. The folder for temporary files where this user may write to neither.
 */
export function writableFolder({ home, mayWrite }: Machine): string {
  let folder = home
  while (!isFolder(folder)) folder = dirname(folder)
  return mayWrite(folder) ? folder : tmpdir()
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
