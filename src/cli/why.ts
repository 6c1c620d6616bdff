import type { Image, Tree } from '../tree/tree.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import type { Paint } from './paint.js'
import { printReport } from './report.js'

/** One image on the way, and where it names the next one. */
interface Station {
  readonly image: string
  /** `<Containerfile>:<line>`; absent at the end of the way. */
  readonly where?: string
}

/** What `stagex why --json` prints; an empty path where there is no way. */
interface WhyReport {
  readonly from: string
  readonly to: string
  readonly path: readonly Station[]
}

/** `stagex why` */
export const whyCommand = declareCommand({
  name: 'why',
  group: 'Look',
  summary: 'Show why one image needs another',
  arguments: '<image> <needed>',
  details: `
Prints the shortest way from the first to the second, each line with the place where the next image is named. The
status is 1 where the first needs the second in no way.`,
  options: {},
  run: async (context, [from = '', to = '']) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const tree = await loadTree(context.root)
    const path = await shortestWay(tree, await imagesOf(tree, from), await imagesOf(tree, to))
    const stations = await Promise.all(
      path.map((name, index) => station(tree, name, path[index + 1]))
    )
    printReport<WhyReport>(context, { from, to, path: stations }, render)
    return path.length === 0 ? 1 : 0
  }
})

async function imagesOf(tree: Tree, name: string): Promise<readonly Image[]> {
  const { resolveNames } = await import('../tree/resolve-names.js')
  const { images } = resolveNames(tree, [name])
  if (images.length > 0) return images
  throw new CliError('cli/bad-usage', `${name} has no images`, { kind: 'usage' })
}

/** The shortest among all pairs, where a name stands for several images. */
async function shortestWay(
  tree: Tree,
  from: readonly Image[],
  to: readonly Image[]
): Promise<readonly string[]> {
  const { makeGraph } = await import('../tree/graph.js')
  const { shortestPath } = await import('../tree/graph-walk.js')
  const { dependencies } = makeGraph(tree)
  const paths = from.flatMap((start) =>
    to.flatMap((end) => [shortestPath(start.name, end.name, dependencies) ?? []])
  )
  const ways = paths.filter((path) => path.length > 0)
  return ways.reduce<readonly string[]>(
    (best, way) => (best.length === 0 || way.length < best.length ? way : best),
    []
  )
}

async function station(tree: Tree, name: string, next: string | undefined): Promise<Station> {
  const { containerfileLabel } = await import('../tree/containerfile-label.js')
  const { referencesOfTarget } = await import('../tree/stage-references.js')
  const image = tree.images.get(name)
  if (image === undefined || next === undefined) return { image: name }
  const references = referencesOfTarget(image.package.stages, image.target) ?? []
  const reference = references.find((each) => each.image === next)
  if (reference === undefined) return { image: name }
  return { image: name, where: `${containerfileLabel(tree, image.package)}:${reference.line}` }
}

function render({ from, to, path }: WhyReport, paint: Paint): string {
  if (path.length === 0) return `${from} does not need ${to}\n`
  const width = Math.max(...path.map(({ image }) => image.length))
  return path
    .map(({ image, where }) =>
      where === undefined ? `${image}\n` : `${image.padEnd(width)}  ${paint.faint(where)}\n`
    )
    .join('')
}
