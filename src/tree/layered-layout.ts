import { byCodeUnit } from '../base/order.js'
import type { GraphView } from './graph-view.js'

/** Where a node is drawn: which layer, from the left, and which place in it, from the top. */
export interface Placement {
  readonly layer: number
  readonly row: number
}

/** How often the order within the layers is improved. */
const SWEEPS = 8

/**
 * Places a graph's nodes in layers, each node to the right of everything it depends on, and orders each
 * layer by where its neighbours are, so that lines cross less (Sugiyama's method, with barycentres). Time
 * grows with edges, not with paths; the result depends on the graph alone. Edges of a cycle are drawn
 * backwards.
 */
export function layeredLayout(view: GraphView): ReadonlyMap<string, Placement> {
  const below = neighbourLists(view, ([from, to]) => [from, to])
  const above = neighbourLists(view, ([from, to]) => [to, from])
  const layers = groupByLayer(view.names, longestPaths(view.names, below))
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forwards = sweep % 2 === 0
    const order = forwards ? layers.keys() : [...layers.keys()].reverse()
    for (const layer of order) {
      reorder(layers, layer, forwards ? below : above)
    }
  }
  return new Map(
    layers.flatMap((names, layer) => names.map((name, row) => [name, { layer, row }] as const))
  )
}

type Lists = ReadonlyMap<string, readonly string[]>

function neighbourLists(
  view: GraphView,
  direction: (edge: readonly [string, string]) => readonly [string, string]
): Lists {
  const lists = new Map<string, string[]>(view.names.map((name) => [name, []]))
  for (const edge of view.edges) {
    const [at, neighbour] = direction(edge)
    lists.get(at)?.push(neighbour)
  }
  return lists
}

/** The length of the longest path below each node; an edge that closes a cycle counts for nothing. */
function longestPaths(names: readonly string[], below: Lists): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>()
  const open = new Set<string>()
  const pending = [...names].reverse()
  for (let name = pending.at(-1); name !== undefined; name = pending.at(-1)) {
    const inner: readonly string[] = below.get(name) ?? []
    const first = !open.has(name) && !lengths.has(name)
    open.add(name)
    const waiting = first ? inner.filter((next) => !lengths.has(next) && !open.has(next)) : []
    pending.push(...waiting)
    if (waiting.length > 0) continue
    pending.pop()
    if (!lengths.has(name))
      lengths.set(name, 1 + Math.max(-1, ...inner.map((n) => lengths.get(n) ?? -1)))
  }
  return lengths
}

function groupByLayer(names: readonly string[], layerOf: ReadonlyMap<string, number>): string[][] {
  const layers: string[][] = []
  for (const name of [...names].sort(byCodeUnit)) {
    const layer = layerOf.get(name) ?? 0
    while (layers.length <= layer) layers.push([])
    layers[layer]?.push(name)
  }
  return layers
}

/** Sorts one layer by the mean height of each node's neighbours; nodes without any stay about where they are. */
function reorder(layers: string[][], layer: number, neighbours: Lists): void {
  const heights = new Map<string, number>()
  for (const names of layers) {
    for (const [row, name] of names.entries()) heights.set(name, (row + 0.5) / names.length)
  }
  const wanted = new Map<string, number>()
  for (const name of layers[layer] ?? []) {
    const near = (neighbours.get(name) ?? []).map((other) => heights.get(other) ?? 0.5)
    const sum = near.reduce((total, height) => total + height, 0)
    wanted.set(name, near.length === 0 ? (heights.get(name) ?? 0.5) : sum / near.length)
  }
  const height = (name: string): number => wanted.get(name) ?? 0
  layers[layer]?.sort((a, b) => height(a) - height(b) || byCodeUnit(a, b))
}
