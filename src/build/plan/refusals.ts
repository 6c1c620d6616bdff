import type { StagexError } from '../../base/error.js'
import { containerfileLabel } from '../../tree/containerfile-label.js'
import type { Graph } from '../../tree/graph.js'
import { cycleError, findCycles, reachable } from '../../tree/graph-walk.js'
import type { Tree } from '../../tree/tree.js'
import { BuildError } from '../build-error.js'

/** Why images cannot be planned. */
export interface Refusals {
  /** Images that are at fault themselves. */
  readonly errors: ReadonlyMap<string, StagexError>
  /** Every image that cannot be built because of one at fault, and which; those themselves included. */
  readonly because: ReadonlyMap<string, string>
}

/** Finds what keeps images from being planned, among those wanted and all that they are built from. */
export function findRefusals(tree: Tree, graph: Graph, wanted: readonly string[]): Refusals {
  const needed = new Set(reachable(wanted, graph.dependencies))
  const errors = new Map<string, StagexError>()
  for (const cycle of findCycles(graph)) {
    for (const name of cycle) if (needed.has(name)) errors.set(name, cycleError(cycle))
  }
  for (const { from } of [...graph.missing, ...graph.external]) {
    const error = needed.has(from) ? missingImage(tree, graph, from) : undefined
    if (error !== undefined) errors.set(from, error)
  }
  return { errors, because: spread(graph, errors.keys()) }
}

function spread(graph: Graph, names: Iterable<string>): Map<string, string> {
  const because = new Map([...names].map((name) => [name, name]))
  for (const [name, culprit] of because) {
    for (const next of graph.dependants(name)) {
      if (!because.has(next)) because.set(next, culprit)
    }
  }
  return because
}

/** The first image that `from` is built from although it cannot be had, as an error. */
export function missingImage(tree: Tree, graph: Graph, from: string): BuildError | undefined {
  const missing = graph.missing.find((each) => each.from === from)
  const reference = (missing ?? graph.external.find((each) => each.from === from))?.reference
  if (reference === undefined) return undefined
  const owner = tree.images.get(from)?.package
  const file = owner === undefined ? from : containerfileLabel(tree, owner)
  const what = missing?.broken === true ? 'whose package has errors' : 'that is not there'
  const near = missing?.near
  return new BuildError('build/no-such-image', `${from} is built from an image ${what}`, {
    where: `${file}:${reference.line}:1`,
    expected: 'an image of this tree: stagex/<stage>-<name>',
    found: reference.text,
    ...(near === undefined ? {} : { hint: `did you mean stagex/${near}?` }),
    kind: 'usage'
  })
}
