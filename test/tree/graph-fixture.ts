import fc from 'fast-check'
import type { Graph } from '../../src/tree/graph.js'

/** A graph with these dependencies; names that only occur as dependencies have none. */
export function graphOf(edges: Readonly<Record<string, readonly string[]>>): Graph {
  const names = [...new Set([...Object.keys(edges), ...Object.values(edges).flat()])].sort()
  const dependencies = (name: string): readonly string[] => [...(edges[name] ?? [])].sort()
  return {
    names,
    dependencies,
    dependants: (name) => names.filter((other) => dependencies(other).includes(name)),
    missing: [],
    external: []
  }
}

/** Any small graph, with cycles. */
export const anyGraph = fc
  .array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 })
  .map((pairs) => graphFromPairs(pairs))

/** Any small graph without cycles: each node depends on later ones only. */
export const anyAcyclicGraph = fc
  .array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 30 })
  .map((pairs) => graphFromPairs(pairs.filter(([from, to]) => from < to)))

function graphFromPairs(pairs: readonly (readonly [number, number])[]): Graph {
  const edges: Record<string, string[]> = {}
  for (const [from, to] of pairs) {
    const targets = (edges[`n${from}`] ??= [])
    if (!targets.includes(`n${to}`)) targets.push(`n${to}`)
  }
  return graphOf(edges)
}
