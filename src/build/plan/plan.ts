import { join, relative } from 'node:path'
import { type Graph, makeGraph } from '../../tree/graph.js'
import { buildOrder } from '../../tree/graph-walk.js'
import type { Image, Tree } from '../../tree/tree.js'
import { BuildError } from '../build-error.js'
import { type ImageRequest, platformOf } from './image-request.js'

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
  refuseMissing(graph, new Set(order))
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
    containerfileLabel: relative(tree.root, from.containerfilePath),
    fetch: join(tree.root, 'fetch', from.stage, from.name),
    sources: from.sources.map(({ file, hash }) => ({ file, hash })),
    buildArguments: from.buildArguments,
    dependencies: graph.dependencies(name)
  }
}

function refuseMissing(graph: Graph, planned: ReadonlySet<string>): void {
  const external = graph.external.find(({ from }) => planned.has(from))
  const missing = graph.missing.find(({ from }) => planned.has(from))
  const reference = missing?.reference ?? external?.reference
  if (reference === undefined) return
  const from = missing?.from ?? external?.from ?? ''
  const near = missing?.near
  throw new BuildError('build/no-such-image', `${from} is built from an image that is not there`, {
    where: `line ${reference.line} of its Containerfile`,
    expected: 'an image of this tree: stagex/<stage>-<name>',
    found: reference.text,
    ...(near === undefined ? {} : { hint: `did you mean stagex/${near}?` }),
    kind: 'usage'
  })
}
