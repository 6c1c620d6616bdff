import { appendFileSync, existsSync, readFileSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { Digest } from '../../oci/digest.js'
import type { Session } from './session.js'
import type { Store } from './store.js'

/** The file of a session folder that lists what its build uses, a digest a line. */
const heldFile = 'held'

/**
 * Says that this build uses something of the store, before it looks whether it is there: from then on it
 * is not collected as garbage.
 * @param path the file whose time tells when the thing was last used; it may not exist
 */
export function hold(session: Session, digest: Digest, path: string): void {
  appendFileSync(join(session.folder, heldFile), `${digest}\n`)
  markUsed(path, session.since)
}

/**
 * Sets a file's time of last use.
 * @param since seconds since 1970
 */
export function markUsed(path: string, since: number): void {
  try {
    utimesSync(path, since, since)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') throw error
  }
}

/** Everything that running builds use. */
export function heldDigests(store: Store, ended: readonly string[]): Set<string> {
  const running = readdirSync(store.sessions).filter((name) => !ended.includes(name))
  const files = running.map((name) => join(store.sessions, name, heldFile))
  return new Set(files.flatMap((file) => linesOf(file)))
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
}
