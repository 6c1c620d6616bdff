import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'
import { detach } from '../snapshot/overlay.js'
import type { Session } from '../store/session.js'

/**
 * Opens a session's folder in memory, for mount points and for the small files that sandboxes are set up with. They
 * are not in the store: on a disk that is full a runtime would find half of what it wrote, its filter of system calls
 * for one; a sandbox's list of mounts tells where on its file system a mounted file lies, and so how the user's
 * folders are called; and what is made and removed with every step costs a disk more than memory.
 * @returns closes it, with all that is mounted below it
 * @throws BuildError `sandbox/mount-failed`
 */
export async function openMemoryFolder(session: Session): Promise<() => Promise<void>> {
  const folder = memoryFolder(session)
  mkdirSync(folder)
  const options = ['-t', 'tmpfs', '-o', 'mode=0755', 'stagex']
  const { status, stderr } = await run('mount', [...options, folder])
  if (status === 0) return () => detach(folder)
  throw new BuildError('sandbox/mount-failed', 'cannot mount a file system in memory', {
    where: folder,
    found: stderr.trim(),
    hint: 'run ./stagex doctor, which tests each requirement'
  })
}

/** A name in the session's {@link openMemoryFolder} that was not given out before. */
export function nextInMemory(session: Session, purpose: string): string {
  return join(memoryFolder(session), basename(session.next(purpose)))
}

function memoryFolder(session: Session): string {
  return join(session.folder, 'memory')
}
