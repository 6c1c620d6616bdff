import { join } from 'node:path'
import type { ByteString } from '../../base/byte-string.js'
import type { PathMatcher } from '../../containerfile/ignore-file.js'
import { factsOf } from '../snapshot/file-facts.js'
import { namesIn } from './names-in.js'

/** Whether a path below a tree's root is there for a copy. */
export type PathFilter = (path: ByteString, isDirectory: boolean) => boolean

/** Takes everything. */
export const everything: PathFilter = () => true

/**
 * Leaves out what the patterns match. A folder that they match is there all the same where an exception
 * takes back something below it.
 * @param root the tree's folder, relative to which patterns are; nothing changes in it meanwhile
 */
export function withoutMatches(root: ByteString, matcher: PathMatcher): PathFilter {
  const known = new Map<ByteString, boolean>()
  const includes: PathFilter = (path, isDirectory) => {
    if (path === '' || !matcher.matches(path)) return true
    if (!isDirectory || !matcher.hasExceptions) return false
    const before = known.get(path)
    if (before !== undefined) return before
    const found = someBelow(root, path, includes)
    known.set(path, found)
    return found
  }
  return includes
}

function someBelow(root: ByteString, folder: ByteString, includes: PathFilter): boolean {
  return namesIn(join(root, folder)).some((name) => {
    const path = folder === '' ? name : `${folder}/${name}`
    return includes(path, factsOf(join(root, path))?.type === 'directory')
  })
}
