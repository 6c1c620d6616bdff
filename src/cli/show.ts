import { StagexError } from '../base/error.js'
import type { ImageSteps } from '../build/step-states.js'
import type { Graph } from '../tree/graph.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { printReport } from './report.js'
import type { Known } from './show/image-state.js'

/** `stagex show` */
export const showCommand = declareCommand({
  name: 'show',
  group: 'Look',
  summary: 'Show all that is known of an image',
  arguments: '<name...>',
  details: `
Its package and sources, what it is built from and what is built from it, and whether it is built as it is defined
now; if it is not, with which images a build would begin, and which of its steps would be executed and why.`,
  options: {},
  run: async (context, names) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { makeGraph } = await import('../tree/graph.js')
    const { resolveNames } = await import('../tree/resolve-names.js')
    const { imageView } = await import('./show/image-view.js')
    const { renderView } = await import('./show/render-view.js')
    const tree = await loadTree(context.root)
    const graph = makeGraph(tree)
    const wanted = resolveNames(tree, names).images
    const images = await Promise.all(
      wanted.map(async (image) =>
        imageView(tree, graph, image, {
          known: await knownOf(context, graph, image.name),
          steps: await stepsOf(context, image.name)
        })
      )
    )
    printReport(context, { images }, (_, paint) =>
      images.map((view) => renderView(view, paint)).join('\n')
    )
    return 0
  }
})

/** Undefined where the image cannot even be planned, which its state tells. */
async function stepsOf(context: CommandContext, name: string): Promise<ImageSteps | undefined> {
  const { stepsOf: find } = await import('../build/known-digests.js')
  try {
    return await find(context, name)
  } catch (error) {
    if (error instanceof StagexError) return undefined
    throw error
  }
}

/** A tree that cannot be built as a whole can be looked at all the same. */
async function knownOf(context: CommandContext, graph: Graph, name: string): Promise<Known> {
  const { knownDigests } = await import('../build/known-digests.js')
  const { reachable } = await import('../tree/graph-walk.js')
  try {
    return await knownDigests(context, reachable([name], graph.dependencies))
  } catch (error) {
    if (error instanceof StagexError) return error
    throw error
  }
}
