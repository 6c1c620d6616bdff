import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'
import { unmountAll } from '../snapshot/overlay.js'
import type { Session } from '../store/session.js'
import type { Bind } from './sandbox.js'

/** A small file that a sandbox shows in a place of its own. */
export interface ShownFile {
  readonly name: string
  readonly content: string
  readonly mode: number
  readonly target: string
}

/**
 * Makes the place for the files of {@link showFiles}: in memory, because a sandbox's list of mounts tells where
 * on its file system a mounted file lies, and so, of a file in the store, how the user's folders are called.
 * @returns gives the memory back
 * @throws BuildError `sandbox/mount-failed`
 */
export async function openShownFiles(session: Session): Promise<() => Promise<void>> {
  const folder = placeIn(session)
  mkdirSync(folder)
  const { status, stderr } = await run('mount', ['-t', 'tmpfs', '-o', 'mode=0755', 'shown', folder])
  if (status === 0) return () => unmountAll([folder])
  throw new BuildError('sandbox/mount-failed', 'cannot mount a file system in memory', {
    where: folder,
    found: stderr.trim(),
    hint: 'run ./stagex doctor, which tests each requirement'
  })
}

/** Writes files and says how to show them. */
export function showFiles(session: Session, files: readonly ShownFile[]): Bind[] {
  const folder = join(placeIn(session), session.next('files').slice(session.folder.length))
  mkdirSync(folder)
  return files.map(({ name, content, mode, target }) => {
    const source = join(folder, name)
    writeFileSync(source, content, { mode })
    return { kind: 'bind', source, target, writable: false }
  })
}

function placeIn(session: Session): string {
  return join(session.folder, 'shown')
}
