import { chownSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from './store.js'

/**
 * Makes a new, empty store that a build under another user's ids can write to.
 * @param owner that user's id; undefined for the calling user
 */
export function prepareStoreFor(home: string, owner: number | undefined): void {
  mkdirSync(home, { mode: 0o700 })
  openStore(home, 'new')
  if (owner !== undefined) chownTree(home, owner)
}

function chownTree(folder: string, owner: number): void {
  chownSync(folder, owner, owner)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) chownTree(path, owner)
    else chownSync(path, owner, owner)
  }
}
