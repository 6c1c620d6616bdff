import type { Tree } from '../tree/tree.js'
import { declareCommand } from './command.js'
import { flag, repeated } from './option.js'
import { printReport } from './report.js'

/** What `stagex list --json` prints of one image. */
interface ListedImage {
  readonly image: string
  readonly stage: string
  readonly version?: string
  readonly description?: string
  readonly platforms: readonly string[]
}

/** `stagex list` */
export const listCommand = declareCommand({
  name: 'list',
  group: 'Look',
  summary: 'List the images of the tree',
  arguments: '[pattern...]',
  details: `
Prints name, version and description. A pattern is a part of the name (zlib), or describes all of it with * for
any text and ? for one character ('core-*', 'lib*'), with the stage or without. The status is 1 where a package has
errors; they are printed, and the others listed.`,
  options: {
    stages: repeated('--stage <stage>', 'only images of this stage; may be given several times'),
    strict: flag('--strict', 'what is only doubtful in a package.toml is an error, too')
  },
  run: async (context, patterns, { stages, strict }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { formatProblem } = await import('../tree/problem.js')
    const tree = await loadTree(context.root, { strict })
    const { nameFilter } = await import('./name-filter.js')
    const isNamed = nameFilter(patterns)
    const images = listed(tree).filter(({ image, stage }) => {
      return (stages.length === 0 || stages.includes(stage)) && isNamed(image, stage)
    })
    printReport(context, { images }, () => render(images))
    for (const problem of tree.problems) context.stderr.write(`${formatProblem(problem)}\n`)
    return tree.broken.size === 0 ? 0 : 1
  }
})

function listed(tree: Tree): ListedImage[] {
  return [...tree.images.values()].map(({ name, package: from }) => ({
    image: name,
    stage: from.stage,
    ...(from.version !== undefined && { version: from.version }),
    ...(from.description !== undefined && { description: from.description }),
    platforms: from.platforms
  }))
}

function render(images: readonly ListedImage[]): string {
  const width = Math.max(0, ...images.map(({ image }) => image.length))
  const versionWidth = Math.max(0, ...images.map(({ version }) => version?.length ?? 0))
  return images
    .map(({ image, version, description }) => {
      const columns = [image.padEnd(width), (version ?? '').padEnd(versionWidth), description ?? '']
      return `${columns.join('  ').trimEnd()}\n`
    })
    .join('')
}
