import type { Graph } from './graph.js'

/** A part of the graph, to be shown. */
export interface GraphView {
  /** In code unit order. */
  readonly names: readonly string[]
  /** From an image to what it is built from, both in `names`; ordered by the first, then the second. */
  readonly edges: readonly (readonly [from: string, to: string])[]
}

/** The images named, in the order given, and the edges between them. */
export function graphView(graph: Graph, names: readonly string[]): GraphView {
  const shown = new Set(names)
  const edges = names.flatMap((from) =>
    graph
      .dependencies(from)
      .filter((to) => shown.has(to))
      .map((to) => [from, to] as const)
  )
  return { names, edges }
}
