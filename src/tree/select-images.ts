import { makeGraph, type Graph } from './graph.js'
import { reachable } from './graph-walk.js'
import type { Problem } from './problem.js'
import { resolveNames } from './resolve-names.js'
import type { Tree } from './tree.js'

/** Which images of a tree are meant. */
export interface ImageSelection {
  /** Packages, images and stages; none means all. */
  readonly names: readonly string[]
  /**
   * A git revision: of those named, only images whose packages changed since, and images that are built
   * from such.
   */
  readonly since?: string
  /** Also images that are built from those. */
  readonly dependants?: boolean
}

/** The images that were meant. */
export interface SelectedImages {
  /** In code unit order. */
  readonly images: readonly string[]
  /** Packages that were meant and have errors, by full name. */
  readonly broken: ReadonlyMap<string, readonly Problem[]>
}

/**
 * Finds the images that are meant.
 * @throws TreeError where a name has no meaning or means a package with errors; `tree/no-history`,
 * `tree/unknown-revision`
 */
export async function selectImages(
  tree: Tree,
  { names, since, dependants }: ImageSelection
): Promise<SelectedImages> {
  const graph = makeGraph(tree)
  const named = selectNamed(tree, names)
  const meant = since === undefined ? named : await onlyChanged(tree, graph, named, since)
  if (dependants !== true) return meant
  return { ...meant, images: reachable(meant.images, graph.dependants) }
}

function selectNamed(tree: Tree, names: readonly string[]): SelectedImages {
  if (names.length === 0) return { images: [...tree.images.keys()], broken: tree.broken }
  const { images, broken } = resolveNames(tree, names)
  return { images: images.map(({ name }) => name), broken }
}

async function onlyChanged(
  tree: Tree,
  graph: Graph,
  named: SelectedImages,
  since: string
): Promise<SelectedImages> {
  const { changedPackages } = await import('./changed-packages.js')
  const changed = withVersions(tree, await changedPackages(tree.root, since))
  const touched = [...tree.images.values()].filter((image) => changed.has(image.package.fullName))
  // What was removed, or is in error now, is no image of the graph, but others name it still.
  const lost = graph.missing.filter(({ name }) => changed.has(name)).map(({ from }) => from)
  const affected = new Set(
    reachable([...touched.map(({ name }) => name), ...lost], graph.dependants)
  )
  return {
    images: named.images.filter((name) => affected.has(name)),
    broken: new Map([...named.broken].filter(([name]) => changed.has(name)))
  }
}

/** A package that takes its version from a changed one is built with other arguments. */
function withVersions(tree: Tree, changed: ReadonlySet<string>): Set<string> {
  const all = new Set(changed)
  for (let before = -1; before < all.size;) {
    before = all.size
    for (const { fullName, versionFrom } of tree.packages.values()) {
      const owner = tree.images.get(versionFrom ?? '')?.package.fullName ?? versionFrom
      if (owner !== undefined && all.has(owner)) all.add(fullName)
    }
  }
  return all
}
