import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ImageSteps } from '../../build/step-states.js'
import { shownUrl } from '../../http/shown-url.js'
import { digestFile, readDigestFile } from '../../tree/digest-file.js'
import type { Graph } from '../../tree/graph.js'
import { reachable } from '../../tree/graph-walk.js'
import type { Image, Tree } from '../../tree/tree.js'
import { type ImageState, type Known, imageState } from './image-state.js'

/** What `stagex show --json` prints of one image. */
export interface ImageView {
  readonly image: string
  readonly package: string
  readonly version?: string
  readonly versionFrom?: string
  readonly description?: string
  readonly license?: string
  readonly website?: string
  readonly platforms: readonly string[]
  /** The package's folder, below the tree's root. */
  readonly folder: string
  readonly sources: readonly SourceView[]
  readonly dependencies: Neighbourhood
  readonly dependants: Neighbourhood
  readonly state: ImageState
  /** Which steps a build would execute, and why; absent where it cannot be planned. */
  readonly steps?: ImageSteps
  /** 64 hexadecimal digits from `digests/<stage>.txt`. */
  readonly recorded?: string
  /** The layout in `out/`, whatever it is of. */
  readonly layout?: string
}

/** A source of the image's package. */
interface SourceView {
  readonly key: string
  readonly file: string
  readonly hash: string
  /** Without credentials. */
  readonly mirrors: readonly string[]
  /** Whether `fetch/` has a file of its name. */
  readonly fetched: boolean
}

/** Images around one, in code unit order. */
interface Neighbourhood {
  readonly direct: readonly string[]
  /** The direct ones included. */
  readonly all: readonly string[]
}

/**
 * Everything that is known of an image without building it.
 * @throws TreeError `tree/bad-digest-file`
 */
export function imageView(
  tree: Tree,
  graph: Graph,
  image: Image,
  { known, steps }: { readonly known: Known; readonly steps: ImageSteps | undefined }
): ImageView {
  const { package: from, name } = image
  const recorded = readDigestFile(digestFile(tree.root, from.stage)).get(name)
  const layout = join(tree.root, 'out', name)
  const hasLayout = existsSync(join(layout, 'index.json'))
  return {
    image: name,
    package: from.fullName,
    ...described(image),
    platforms: from.platforms,
    folder: relative(tree.root, from.directory),
    sources: sourceViews(tree, image),
    dependencies: neighbourhood(name, graph.dependencies),
    dependants: neighbourhood(name, graph.dependants),
    state: imageState(name, graph, known, hasLayout),
    ...(steps !== undefined && { steps }),
    ...(recorded !== undefined && { recorded }),
    ...(hasLayout && { layout: relative(tree.root, layout) })
  }
}

function described({ package: from }: Image): Partial<ImageView> {
  const { version, versionFrom, description, license, website } = from
  return {
    ...(version !== undefined && { version }),
    ...(versionFrom !== undefined && { versionFrom }),
    ...(description !== undefined && { description }),
    ...(license !== undefined && { license }),
    ...(website !== undefined && { website })
  }
}

function sourceViews(tree: Tree, { package: from }: Image): SourceView[] {
  const folder = join(tree.root, 'fetch', from.stage, from.name)
  return from.sources.map(({ key, file, hash, mirrors }) => {
    const shown = mirrors.map(shownUrl)
    return { key, file, hash, mirrors: shown, fetched: existsSync(join(folder, file)) }
  })
}

function neighbourhood(name: string, neighbours: Graph['dependencies']): Neighbourhood {
  const all = reachable([name], neighbours).filter((other) => other !== name)
  return { direct: neighbours(name), all }
}
