import { posix } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import { type IgnorePattern, PathMatcher } from '../../containerfile/ignore-file.js'
import { hasWildcard } from '../../containerfile/wildcard.js'
import { BuildError } from '../build-error.js'
import type { CopySource } from './copy-source.js'
import { type Selection, type SourceTree, isMounted, selectSources } from './select-sources.js'

/**
 * Finds what a source of `COPY --parents` means: everything below the context, or below what stands before
 * the first `/./`, that the rest matches as a pattern of an ignore file does.
 * @throws BuildError `build/copy-missing` where a path without wildcards is not there, `build/unsupported`
 * where it leads into another tree, whose own names end at its root
 */
export function selectWithParents(
  tree: SourceTree,
  source: IgnorePattern,
  selection: Selection
): CopySource[] {
  const pivot = source.text.indexOf('/./')
  const folder = pivot < 0 ? '' : source.text.slice(0, pivot)
  const rest = pivot < 0 ? source.text : source.text.slice(pivot + '/./'.length)
  const pattern = posix.normalize(`/${rest}`).replace(/^\/|\/$/g, '')
  if (![folder, pattern].some((text) => hasWildcard(bytesOfText(text)))) {
    selectSources(tree, bytesOfText(`${folder}/${pattern}`), selection)
  }
  if (folder === '' && isMounted(tree, bytesOfText(pattern))) throw notWithParents(selection)
  const only = new PathMatcher(pattern === '' ? [] : [{ ...source, text: pattern }])
  const choice = { ...selection.choice, only }
  return selectSources(tree, bytesOfText(folder), { ...selection, choice })
}

function notWithParents({ where }: Selection): BuildError {
  return new BuildError('build/unsupported', '--parents cannot take sources below fetch/', {
    where,
    hint: 'write fetch/./ before the name, or COPY --from=fetch'
  })
}
