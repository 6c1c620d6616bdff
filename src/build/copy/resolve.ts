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
 * @param followLast whether a link at the end of the path is followed
 * @returns the path below the root: no links in it, no leading slash, '' for the root itself
 * @throws BuildError `build/copy-failed` where links run in circles
 */
export function resolveInRoot(root: ByteString, path: ByteString, followLast = true): ByteString {
  const left = partsOf(path)
  const done: ByteString[] = []
  let links = 0
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    if (part === '..') {
      done.pop()
      continue
    }
    const file = join(root, ...done, part)
    const isLink = (followLast || left.length > 0) && factsOf(file)?.type === 'symlink'
    if (!isLink) {
      done.push(part)
      continue
    }
    if (++links > maxLinks) throw tooManyLinks(path)
    const target = linkTarget(file)
    if (target.startsWith('/')) done.length = 0
    left.unshift(...partsOf(target))
  }
  return done.join('/')
}

function partsOf(path: ByteString): ByteString[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

function tooManyLinks(path: ByteString): BuildError {
  return new BuildError('build/copy-failed', 'symbolic links run in circles', { where: path })
}
