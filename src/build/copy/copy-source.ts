import type { ByteString } from '../../base/byte-string.js'
import type { PathMatcher } from '../../containerfile/ignore-file.js'
import type { PathFilter } from './path-filter.js'

/** One thing to copy: a file, or a folder for its contents. */
export interface CopySource {
  /** The tree that it is in. */
  readonly root: ByteString
  /** Below the root, no links in it; '' is the root itself. */
  readonly path: ByteString
  /** The name under which a file arrives in a folder. */
  readonly name: ByteString
  /** What of the tree is there at all, told by paths below the root. */
  readonly includes: PathFilter
  /** What of a folder's contents is copied, told by paths below the folder. */
  readonly choice: Choice
}

/** Which of a folder's contents a copy takes; see {@link takes}. */
export interface Choice {
  /** Takes only what these match, or a folder of which they match. */
  readonly only?: PathMatcher
  /** Leaves out what these match, or a folder of which they match. */
  readonly except?: PathMatcher
}

/**
 * Whether a path is taken. A folder that is not may still be needed for something below it.
 * @param path below the source's folder; '' is that folder itself, which always is taken
 */
export function takes({ only, except }: Choice, path: ByteString): boolean {
  if (path === '') return true
  return (only?.matches(path) ?? true) && except?.matches(path) !== true
}
