import { join } from 'node:path'
import type { WantedSource } from '../../source/fetch-report.js'
import { makeGraph } from '../../tree/graph.js'
import { reachable } from '../../tree/graph-walk.js'
import { resolveNames } from '../../tree/resolve-names.js'
import type { Package, Tree } from '../../tree/tree.js'

/** A source and the package that declares it. */
export interface PackageSource extends WantedSource {
  /** `<stage>-<name>` */
  readonly package: string
}

/**
 * The sources of the named images and of all that they are built from, in the tree's order; without names,
 * those of the whole tree.
 * @throws TreeError where a name has no meaning
 */
export function wantedSources(tree: Tree, names: readonly string[]): PackageSource[] {
  return packagesOf(tree, names).flatMap((from) => {
    const directory = join(tree.root, 'fetch', from.stage, from.name)
    return from.sources.map((source) => ({ package: from.fullName, source, directory }))
  })
}

function packagesOf(tree: Tree, names: readonly string[]): readonly Package[] {
  if (names.length === 0) return [...tree.packages.values()]
  const named = resolveNames(tree, names).images.map(({ name }) => name)
  const needed = reachable(named, makeGraph(tree).dependencies)
  const packages = new Set(needed.map((name) => tree.images.get(name)?.package))
  return [...tree.packages.values()].filter((each) => packages.has(each))
}
