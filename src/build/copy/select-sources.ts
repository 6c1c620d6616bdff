import { basename, join } from 'node:path'
import type { ByteString } from '../../base/byte-string.js'
import { hasWildcard, matchWildcard } from '../../containerfile/wildcard.js'
import { BuildError } from '../build-error.js'
import { factsOf } from '../snapshot/file-facts.js'
import type { Choice, CopySource } from './copy-source.js'
import { namesIn } from './names-in.js'
import type { PathFilter } from './path-filter.js'
import { resolveInRoot } from './resolve.js'

/** A tree to copy from. */
export interface SourceTree {
  readonly root: ByteString
  /** What a person calls it, for messages. */
  readonly label: string
  /** Whether a path below the root is there for a build (an ignore file may say no). */
  readonly includes: PathFilter
  /** A tree that is seen at a name in this one's root, whatever lies there. */
  readonly mounted?: { readonly name: ByteString; readonly tree: SourceTree }
}

/** Where in a Containerfile a source is named, and what of it is wanted. */
export interface Selection {
  readonly where: string
  readonly choice: Choice
}

/**
 * Finds what a COPY's source means: a path, or a pattern (Go's path/filepath.Match) that may mean several
 * or none, in lexical order; a folder that matches is not searched further. Links are followed.
 * @throws BuildError `build/copy-missing` where a path is not there
 */
export function selectSources(
  tree: SourceTree,
  source: ByteString,
  selection: Selection
): CopySource[] {
  const parts = cleanParts(source)
  const mounted = mountedTree(tree, parts)
  if (mounted !== undefined) return selectSources(mounted, parts.slice(1).join('/'), selection)
  const firstPattern = parts.findIndex(hasWildcard)
  if (firstPattern < 0) return [existing(tree, parts.join('/'), selection)]
  // What stands before the first pattern has to be there, even if nothing in it matches.
  const folder = existingFolder(tree, parts.slice(0, firstPattern).join('/'), selection)
  const names = matching(tree, folder, parts.slice(firstPattern))
  return names.map((name) => existing(tree, join(folder, name), selection))
}

/** Whether a source leads into the tree that is mounted in another. */
export function isMounted(tree: SourceTree, source: ByteString): boolean {
  return mountedTree(tree, cleanParts(source)) !== undefined
}

function mountedTree(
  { mounted }: SourceTree,
  parts: readonly ByteString[]
): SourceTree | undefined {
  return parts[0] === mounted?.name ? mounted?.tree : undefined
}

/** `..` takes back what is written before it, whatever that is; it does not lead out. */
function cleanParts(source: ByteString): ByteString[] {
  const parts: ByteString[] = []
  for (const part of source.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts
}

function existing(tree: SourceTree, path: ByteString, { where, choice }: Selection): CopySource {
  const { root, includes } = tree
  const resolved = resolveInRoot(root, path)
  const facts = factsOf(join(root, resolved))
  if (facts !== undefined && includes(resolved, facts.type === 'directory')) {
    return { root, path: resolved, name: basename(path), includes, choice }
  }
  throw new BuildError('build/copy-missing', `"/${path}" is not in ${tree.label}`, {
    where,
    expected: 'a file or folder of that name',
    found: facts === undefined ? 'nothing' : 'a file that the ignore file leaves out'
  })
}

function existingFolder(tree: SourceTree, path: ByteString, selection: Selection): ByteString {
  const folder = existing(tree, path, selection).path
  if (factsOf(join(tree.root, folder))?.type === 'directory') return folder
  throw new BuildError('build/copy-missing', `"/${path}" in ${tree.label} is no folder`, {
    where: selection.where,
    expected: 'a folder, in which names are to match a pattern'
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
