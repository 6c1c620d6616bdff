import { bytesOfText } from '../../base/byte-string.js'
import { PathMatcher } from '../../containerfile/ignore-file.js'
import type { CopyStep } from '../../containerfile/step.js'
import type { Digest } from '../../oci/digest.js'
import { readableError } from '../copy/copy-error.js'
import type { CopySource } from '../copy/copy-source.js'
import { selectWithParents } from '../copy/parent-sources.js'
import { type SourceTree, selectSources } from '../copy/select-sources.js'
import { sourceDigest } from '../copy/source-digest.js'
import { placeOf } from './place.js'

/**
 * Names the contents of all that a COPY or ADD takes from a tree.
 * @param epoch seconds; see `sourceDigest`
 * @throws BuildError `build/copy-missing`; `build/copy-failed` where a file may not be read
 */
export function selectedDigest(tree: SourceTree, step: CopyStep, epoch: number): Digest {
  try {
    return sourceDigest(selectedSources(tree, step), epoch)
  } catch (error) {
    throw readableError(error, placeOf(step.position))
  }
}

/**
 * Finds all that a COPY or ADD takes from a tree, in order.
 * @throws BuildError `build/copy-missing`
 */
export function selectedSources(tree: SourceTree, step: CopyStep): CopySource[] {
  const { position, exclude, parents, sources } = step
  const except = new PathMatcher(exclude.map((text) => ({ text, position })))
  const choice = exclude.length === 0 ? {} : { except }
  const selection = { where: placeOf(position), choice }
  return sources.flatMap((text) => {
    if (parents) return selectWithParents(tree, { text, position }, selection)
    return selectSources(tree, bytesOfText(text), selection)
  })
}
