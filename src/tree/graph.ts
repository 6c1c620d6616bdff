import { byCodeUnit } from '../base/order.js'
import { nearest } from '../base/suggest.js'
import type { ImageReference } from './image-reference.js'
import { referencesOfTarget } from './stage-references.js'
import type { Image, Tree } from './tree.js'

/** A dependency on an image that the tree does not have, or whose package is broken. */
export interface MissingDependency {
  /** The image that needs it. */
  readonly from: string
  readonly name: string
  /** Whether its package is there, but in error. */
  readonly broken: boolean
  /** A name that may have been meant. */
  readonly near?: string
  readonly reference: ImageReference
}

/** An image from outside the tree that a Containerfile names. */
export interface ExternalDependency {
  readonly from: string
  readonly reference: ImageReference
}

/** Which image is built from which. All lists are in code unit order, without duplicates. */
export interface Graph {
  /** Every image of the tree. */
  readonly names: readonly string[]
  /** Images of the tree that a build of `name` draws from directly; empty for an unknown name. */
  readonly dependencies: (name: string) => readonly string[]
  /** Images of the tree whose build draws from `name` directly. */
  readonly dependants: (name: string) => readonly string[]
  readonly missing: readonly MissingDependency[]
  readonly external: readonly ExternalDependency[]
}

/** Makes the graph of the tree's images: each one's edges are those of the stages that its target reaches. */
export function makeGraph(tree: Tree): Graph {
  const dependencies = new Map<string, Set<string>>()
  const missing: MissingDependency[] = []
  const external: ExternalDependency[] = []
  for (const image of tree.images.values()) {
    const edges = new Set<string>()
    dependencies.set(image.name, edges)
    for (const reference of referencesOf(image)) {
      const from = image.name
      if (reference.image === undefined) external.push({ from, reference })
      else if (tree.images.has(reference.image)) edges.add(reference.image)
      else missing.push(missingDependency(from, reference, reference.image, tree))
    }
  }
  const forwards = sortedLists(dependencies)
  const backwards = sortedLists(reversed(dependencies))
  const names = [...forwards.keys()].sort(byCodeUnit)
  return {
    names,
    dependencies: (name) => forwards.get(name) ?? [],
    dependants: (name) => backwards.get(name) ?? [],
    missing,
    external
  }
}

function referencesOf(image: Image): readonly ImageReference[] {
  return referencesOfTarget(image.package.stages, image.target) ?? []
}

function missingDependency(
  from: string,
  reference: ImageReference,
  name: string,
  tree: Tree
): MissingDependency {
  const near = tree.broken.has(name) ? undefined : nearest(name, tree.images.keys())
  const broken = tree.broken.has(name)
  return { from, name, broken, reference, ...(near === undefined ? {} : { near }) }
}

function reversed(edges: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>()
  for (const name of edges.keys()) result.set(name, new Set())
  for (const [name, targets] of edges) for (const target of targets) result.get(target)?.add(name)
  return result
}

function sortedLists(edges: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string[]> {
  return new Map([...edges].map(([name, targets]) => [name, [...targets].sort(byCodeUnit)]))
}
