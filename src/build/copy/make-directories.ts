import { lchownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { BuildError } from '../build-error.js'
import { type FileFacts, factsOf } from '../snapshot/file-facts.js'
import { setTime } from '../snapshot/file-time.js'
import type { Owner } from './owner.js'
import { resolveInRoot } from './resolve.js'

/** What folders that are missing are made with. */
export interface NewFolders {
  /** Undefined leaves it to the kernel: root, and the group that a set-group-id folder above hands down. */
  readonly owner: Owner | undefined
  /** Permission bits, from which the umask (022) is taken away; 0755 where undefined. */
  readonly mode?: number
  /** Their time when they are made; undefined is now. What is made inside changes it. */
  readonly time?: Pick<FileFacts, 'seconds' | 'nanoseconds'>
}

/**
 * Makes a folder and those above it where they are missing. Links on the way are followed inside the root.
 * @throws BuildError `build/copy-failed` where something that is no folder stands in the way
 */
export function makeDirectories(root: ByteString, path: ByteString, made: NewFolders): void {
  const parts = resolveInRoot(root, path).split('/')
  let current = root
  for (const part of parts.filter((name) => name !== '')) {
    current = join(current, part)
    const there = factsOf(current)
    if (there?.type === 'directory') continue
    if (there !== undefined) throw inTheWay(path, 'a folder', `a ${there.type} at ${part}`)
    mkdirSync(fsPath(current), { mode: made.mode ?? 0o755 })
    if (made.owner !== undefined) lchownSync(fsPath(current), made.owner.uid, made.owner.gid)
    if (made.time !== undefined) setTime(current, made.time)
  }
}

/** The error where a copy meets something that it must not replace. */
export function inTheWay(path: ByteString, expected: string, found: string): BuildError {
  return new BuildError('build/copy-failed', 'cannot copy over what is there', {
    where: `/${path.replace(/^\/+/, '')}`,
    expected,
    found
  })
}
