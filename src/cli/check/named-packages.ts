import { resolveNames } from '../../tree/resolve-names.js'
import type { Tree } from '../../tree/tree.js'
import { TreeError } from '../../tree/tree-error.js'

/**
 * The full names of the packages that a person named, broken ones too; undefined where none was named.
 * @throws TreeError `tree/unknown-package`, `tree/ambiguous-name`
 */
export function namedPackages(tree: Tree, names: readonly string[]): Set<string> | undefined {
  if (names.length === 0) return undefined
  return new Set(names.flatMap((name) => packagesOf(tree, name)))
}

function packagesOf(tree: Tree, name: string): string[] {
  try {
    const { images, broken } = resolveNames(tree, [name])
    return [...images.map((image) => image.package.fullName), ...broken.keys()]
  } catch (error) {
    if (!(error instanceof TreeError) || error.code !== 'tree/broken-package') throw error
    return error.problems.map((problem) => problem.package)
  }
}
