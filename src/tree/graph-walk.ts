import { byCodeUnit } from '../base/order.js'
import type { Graph } from './graph.js'
import { TreeError } from './tree-error.js'

/** The neighbours to walk to: `graph.dependencies` or `graph.dependants`. */
export type Neighbours = (name: string) => readonly string[]

/** Everything that can be reached from `names`, these included, in code unit order. */
export function reachable(names: Iterable<string>, neighbours: Neighbours): string[] {
  const reached = new Set(names)
  for (const name of reached) for (const next of neighbours(name)) reached.add(next)
  return [...reached].sort(byCodeUnit)
}

/** The shortest path from one image to another, both ends included; among equals the first by name. */
export function shortestPath(
  from: string,
  to: string,
  neighbours: Neighbours
): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]])
  for (const name of cameFrom.keys()) {
    if (name === to) return pathBack(to, cameFrom)
    for (const next of neighbours(name)) if (!cameFrom.has(next)) cameFrom.set(next, name)
  }
  return undefined
}

function pathBack(to: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = []
  for (let at: string | undefined = to; at !== undefined; at = cameFrom.get(at)) path.unshift(at)
  return path
}

/**
 * `names` and all that they depend on, each after its dependencies; the order depends on the graph alone.
 * @throws TreeError `tree/cycle`, with the cycle as a path
 */
export function buildOrder(graph: Graph, names: Iterable<string>): string[] {
  const { order, cycles } = depthFirst(graph, [...names].sort(byCodeUnit))
  const [cycle] = cycles
  if (cycle === undefined) return order
  throw cycleError(cycle)
}

/** What is wrong with images that are built from each other; the path ends where it began. */
export function cycleError(cycle: readonly string[]): TreeError {
  return new TreeError('tree/cycle', 'packages depend on each other in a circle', {
    found: cycle.join(' → '),
    hint: 'one of them has to be built from something else first'
  })
}

/** Each cycle that a walk through the graph meets, as a path that ends where it began: `a`, `b`, `a`. */
export function findCycles(graph: Graph): string[][] {
  return depthFirst(graph, graph.names).cycles
}

/** One image on the walk's current path, and which of its dependencies comes next. */
interface Visit {
  readonly name: string
  readonly dependencies: readonly string[]
  next: number
}

/** Iterative: a chain of dependencies may be longer than the call stack is deep. */
function depthFirst(
  graph: Graph,
  starts: readonly string[]
): { order: string[]; cycles: string[][] } {
  const order: string[] = []
  const cycles: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  const path: Visit[] = []
  const open = (name: string): void => {
    state.set(name, 'open')
    path.push({ name, dependencies: graph.dependencies(name), next: 0 })
  }
  for (const start of starts) {
    if (!state.has(start)) open(start)
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = visit.dependencies[visit.next++]
      if (next === undefined) {
        path.pop()
        state.set(visit.name, 'done')
        order.push(visit.name)
      } else if (!state.has(next)) open(next)
      else if (state.get(next) === 'open') cycles.push(cyclePath(path, next))
    }
  }
  return { order, cycles }
}

function cyclePath(path: readonly Visit[], back: string): string[] {
  const names = path.map((visit) => visit.name)
  return [...names.slice(names.indexOf(back)), back]
}
