import type { Graph } from '../../tree/graph.js'
import type { Tree } from '../../tree/tree.js'

/** What rules about a tree look at. */
export interface TreeSubject {
  readonly tree: Tree
  readonly graph: Graph
}
