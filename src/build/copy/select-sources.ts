import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'
import { matchWildcard } from '../../containerfile/wildcard.js'
import { BuildError } from '../build-error.js'
import { factsOf } from '../snapshot/file-facts.js'
import { resolveInRoot } from './resolve.js'
import type { CopySource } from './copy-tree.js'

/** A tree to copy from. */
export interface SourceTree {
  readonly root: ByteString
  /** What a person calls it, for messages. */
  readonly label: string
  /** Whether a path below the root is there for a build (an ignore file may say no). */
  readonly includes: (path: ByteString, isDirectory: boolean) => boolean
}

/**
 * Finds what a COPY's source means: a path, or a pattern (Go's path/filepath.Match) that may mean several
 * or none, in lexical order; a folder that matches is not searched further. Links are followed.
 * @throws BuildError `build/copy-missing` where a path is not there
 */
export function selectSources(tree: SourceTree, source: ByteString, where: string): CopySource[] {
  const parts = source.split('/').filter((part) => part !== '' && part !== '.')
  const firstPattern = parts.findIndex(hasWildcard)
  if (firstPattern < 0) return [existing(tree, parts.join('/'), where)]
  const folder = resolveInRoot(tree.root, parts.slice(0, firstPattern).join('/'))
  const names = matching(tree, folder, parts.slice(firstPattern))
  return names.map((name) => existing(tree, join(folder, name), where))
}

function existing(tree: SourceTree, path: ByteString, where: string): CopySource {
  const resolved = resolveInRoot(tree.root, path)
  const facts = factsOf(join(tree.root, resolved))
  if (facts !== undefined && tree.includes(resolved, facts.type === 'directory')) {
    return { root: tree.root, path: resolved, name: basename(path) }
  }
  throw new BuildError('build/copy-missing', `"/${path}" is not in ${tree.label}`, {
    where,
    expected: 'a file or folder of that name',
    found: facts === undefined ? 'nothing' : 'a file that the ignore file leaves out'
  })
}

/** Paths below `folder` that match the pattern, which has one part for each level. */
function matching(
  tree: SourceTree,
  folder: ByteString,
  pattern: readonly ByteString[]
): ByteString[] {
  const [first = '', ...rest] = pattern
  const found: ByteString[] = []
  for (const name of namesIn(join(tree.root, folder))) {
    const path = join(folder, name)
    const isDirectory = factsOf(join(tree.root, path))?.type === 'directory'
    if (!matchWildcard(first, name) || !tree.includes(path, isDirectory)) continue
    if (rest.length === 0) found.push(name)
    else if (isDirectory)
      found.push(...matching(tree, path, rest).map((below) => join(name, below)))
  }
  return found
}

function hasWildcard(part: ByteString): boolean {
  return /[*?[]/.test(part.replace(/\\./g, ''))
}

function namesIn(folder: ByteString): ByteString[] {
  try {
    return readdirSync(fsPath(folder), { encoding: 'latin1' }).sort(byCodeUnit)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}
