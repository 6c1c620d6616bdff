import type { Graph } from '../tree/graph.js'
import type { Tree } from '../tree/tree.js'
import { declareCommand } from './command.js'
import { choice, flag } from './option.js'

const formats = ['text', 'dot', 'mermaid', 'json', 'svg'] as const

/** `stagex graph` */
export const graphCommand = declareCommand({
  name: 'graph',
  group: 'Look',
  summary: 'Show what images are built from',
  arguments: '[name...]',
  details: `
Without names, the graph of the whole tree. In text, an image that was shown in full before is only named, with
… behind it. The other formats are for Graphviz (dot), Markdown pages (mermaid), programs (json) and browsers (svg).`,
  examples: [
    ['graph user-hello', 'everything that user-hello is built from'],
    ['graph --reverse core-zlib', 'what has to be built again when zlib changes'],
    ['graph --format svg > graph.svg', 'a picture of the whole tree']
  ],
  options: {
    reverse: flag('-r, --reverse', 'show what is built from the images instead'),
    format: choice('-f, --format <format>', 'how the graph is written (default: text)', formats)
  },
  run: async (context, names, { reverse, format }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { makeGraph } = await import('../tree/graph.js')
    const tree = await loadTree(context.root)
    const graph = makeGraph(tree)
    const part = await partOf(tree, graph, names, reverse)
    context.stdout.write(await written(graph, part, context.json ? 'json' : (format ?? 'text')))
    return 0
  }
})

/** The part of the graph that was asked for. */
interface GraphPart {
  /** Where the text begins. */
  readonly starts: readonly string[]
  /** Every image to be shown, in code unit order. */
  readonly names: readonly string[]
  readonly neighbours: (name: string) => readonly string[]
}

async function partOf(
  tree: Tree,
  graph: Graph,
  named: readonly string[],
  reverse: boolean
): Promise<GraphPart> {
  const { resolveNames } = await import('../tree/resolve-names.js')
  const { reachable } = await import('../tree/graph-walk.js')
  const neighbours = reverse ? graph.dependants : graph.dependencies
  const starts =
    named.length === 0
      ? outermost(graph, reverse ? graph.dependencies : graph.dependants)
      : resolveNames(tree, named).images.map(({ name }) => name)
  const names = reachable(starts, neighbours)
  if (named.length > 0) return { starts, names, neighbours }
  // A circle of images has no outermost one, and is part of the tree all the same.
  const shown = new Set(names)
  const circles = graph.names.filter((name) => !shown.has(name))
  return { starts: [...starts, ...circles], names: graph.names, neighbours }
}

function outermost(graph: Graph, above: (name: string) => readonly string[]): string[] {
  return graph.names.filter((name) => above(name).length === 0)
}

async function written(
  graph: Graph,
  { starts, names, neighbours }: GraphPart,
  format: (typeof formats)[number]
): Promise<string> {
  if (format === 'text') {
    const { graphText } = await import('../tree/graph-text.js')
    return graphText(starts, neighbours)
  }
  const { graphView } = await import('../tree/graph-view.js')
  const view = graphView(graph, names)
  if (format === 'svg') return (await import('../tree/graph-svg.js')).graphSvg(view)
  const { graphDot, graphMermaid, graphJson } = await import('../tree/graph-formats.js')
  if (format === 'dot') return graphDot(view)
  if (format === 'mermaid') return graphMermaid(view)
  return `${JSON.stringify(graphJson(view), null, 2)}\n`
}
