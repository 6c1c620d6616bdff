import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { resolveInRoot } from '../copy/resolve.js'
import { type FileFacts, factsOf } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'

/**
 * Remembers which of the places where something will be mounted do not exist yet, the folders above them
 * included. The runtime makes them; they are no part of what a step does.
 * @returns removes those that are still empty, and gives the folders above back their times
 */
export function watchMountStubs(root: ByteString, targets: readonly ByteString[]): () => void {
  const missing = targets.flatMap((target) => missingParts(root, resolveInRoot(root, target)))
  return () => {
    for (const path of missing) removeIfEmpty(root, path)
  }
}

/** The path and those above it that are not there, longest first. */
function missingParts(root: ByteString, path: ByteString): ByteString[] {
  const missing: ByteString[] = []
  for (let part = path; part !== '' && part !== '.'; part = dirname(part)) {
    if (factsOf(join(root, part)) !== undefined) break
    missing.push(part)
  }
  return missing
}

function removeIfEmpty(root: ByteString, path: ByteString): void {
  // The step may have put links where the runtime made folders, so the path is followed anew.
  const parent = join(root, resolveInRoot(root, dirname(path)))
  const file = join(parent, path.slice(path.lastIndexOf('/') + 1))
  const facts = factsOf(file)
  const above = factsOf(parent)
  if (facts === undefined || above === undefined || !isEmpty(file, facts)) return
  if (facts.type === 'directory') rmdirSync(fsPath(file))
  else rmSync(fsPath(file))
  setTime(parent, above)
}

function isEmpty(file: ByteString, facts: FileFacts): boolean {
  if (facts.type !== 'directory') return facts.size === 0
  return readdirSync(fsPath(file), { encoding: 'latin1' }).length === 0
}
