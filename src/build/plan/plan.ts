import { join } from 'node:path'
import { containerfileLabel } from '../../tree/containerfile-label.js'
import { type Graph, makeGraph } from '../../tree/graph.js'
import { buildOrder } from '../../tree/graph-walk.js'
import type { Image, Tree } from '../../tree/tree.js'
import { type ImageRequest, platformOf } from './image-request.js'
import { type Refusals, findRefusals, missingImage } from './refusals.js'

/** What to build, each image after those it is built from. */
export interface Plan {
  readonly requests: readonly ImageRequest[]
  /** The images that were asked for; the others are there because these need them. */
  readonly wanted: readonly string[]
}

/** The platform of packages that force none. */
const defaultPlatform = 'linux/amd64'

/**
 * Plans the build of images and of all that they are built from. The order depends on the tree alone.
 * @throws TreeError `tree/cycle`
 * @throws BuildError `build/no-such-image` where an image is named that the tree does not have
 */
export function planBuild(tree: Tree, wanted: readonly string[]): Plan {
  const graph = makeGraph(tree)
  const order = buildOrder(graph, wanted)
  for (const name of order) refuseMissing(tree, graph, name)
  const requests = order.flatMap((name) => {
    const image = tree.images.get(name)
    return image === undefined ? [] : [requestFor(tree, graph, image)]
  })
  return { requests, wanted }
}

function requestFor(tree: Tree, graph: Graph, image: Image): ImageRequest {
  const { package: from, name, target } = image
  const platforms = from.platforms.length === 0 ? [defaultPlatform] : from.platforms
  return {
    name,
    ...(from.version === undefined ? {} : { version: from.version }),
    ...(target === undefined ? {} : { target }),
    platforms: platforms.map(platformOf),
    context: from.directory,
    containerfile: from.containerfilePath,
    containerfileLabel: containerfileLabel(tree, from),
    fetch: join(tree.root, 'fetch', from.stage, from.name),
    sources: from.sources.map(({ file, hash }) => ({ file, hash })),
    buildArguments: from.buildArguments,
    dependencies: graph.dependencies(name)
  }
}

/**
 * Plans as many of the wanted images as can be planned; what stands in the way of the others is told.
 * @throws StagexError the first reason, where none can be
 */
export function planPossible(
  tree: Tree,
  wanted: readonly string[]
): { readonly plan: Plan; readonly refusals: Refusals } {
  const refusals = findRefusals(tree, makeGraph(tree), wanted)
  const possible = wanted.filter((name) => !refusals.because.has(name))
  const [first] = refusals.errors.values()
  if (possible.length === 0 && first !== undefined) throw first
  return { plan: planBuild(tree, possible), refusals }
}

function refuseMissing(tree: Tree, graph: Graph, name: string): void {
  const error = missingImage(tree, graph, name)
  if (error !== undefined) throw error
}
