import { join } from 'node:path'
import type { ByteString } from '../../base/byte-string.js'
import { BuildError } from '../build-error.js'
import { factsOf, linkTarget } from '../snapshot/file-facts.js'

/** As many symbolic links as are followed for one path, which stops loops (as BuildKit's continuity/fs). */
const maxLinks = 255

/**
 * Follows a path inside a tree as a process whose root it is would: links, absolute ones too, and `..`
 * never lead outside. Parts that do not exist stay as they are.
 * @param root the tree's folder; nothing changes in it meanwhile
 * @param path relative to the root, with or without leading slash
 * @returns the path below the root: no links in it, no leading slash, '' for the root itself
 * @throws BuildError `build/copy-failed` where links run in circles
 */
export function resolveInRoot(root: ByteString, path: ByteString): ByteString {
  return follow(root, path).path
}

/**
 * The same, but undefined where a `..`, of the path or of a link, would have led above the root.
 * @throws BuildError `build/copy-failed` where links run in circles
 */
export function resolveWithinRoot(root: ByteString, path: ByteString): ByteString | undefined {
  const followed = follow(root, path)
  return followed.stopped ? undefined : followed.path
}

interface Followed {
  readonly path: ByteString
  /** Whether a `..` was stopped by the root. */
  readonly stopped: boolean
}

function follow(root: ByteString, path: ByteString): Followed {
  const left = partsOf(path)
  const done: ByteString[] = []
  let links = 0
  let stopped = false
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    if (part === '..') {
      if (done.pop() === undefined) stopped = true
      continue
    }
    const file = join(root, ...done, part)
    if (factsOf(file)?.type !== 'symlink') {
      done.push(part)
      continue
    }
    if (++links > maxLinks) throw tooManyLinks(path)
    const target = linkTarget(file)
    if (target.startsWith('/')) done.length = 0
    left.unshift(...partsOf(target))
  }
  return { path: done.join('/'), stopped }
}

function partsOf(path: ByteString): ByteString[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function tooManyLinks(path: ByteString): BuildError {
  return new BuildError('build/copy-failed', 'symbolic links run in circles', { where: path })
}
