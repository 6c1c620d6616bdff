import { containerfileLabel } from '../../../tree/containerfile-label.js'
import { findCycles } from '../../../tree/graph-walk.js'
import type { TreeRule } from '../rule.js'

/** Images that are built from each other. */
export const dependencyCycle: TreeRule = {
  name: 'dependency-cycle',
  on: 'tree',
  level: 'error',
  summary: 'Images that are built from each other in a circle',
  reason: `
None of them can be the first. One has to be built from something else: an earlier version under another name, or a
smaller build of it that does without the others.`,
  bad: { Containerfile: 'FROM stagex/user-data AS package\n' },
  good: { Containerfile: 'FROM scratch AS package\n' },
  *check({ tree, graph }) {
    for (const cycle of findCycles(graph)) {
      const [first = '', second = ''] = cycle
      const owner = tree.images.get(first)?.package
      const needed = owner?.stages.flatMap((stage) => stage.images) ?? []
      const line = needed.find(({ image }) => image === second)?.line
      if (owner === undefined) continue
      yield {
        package: owner.fullName,
        file: containerfileLabel(tree, owner),
        ...(line === undefined ? {} : { position: { line, column: 1 } }),
        message: 'images are built from each other in a circle',
        found: cycle.join(' → ')
      }
    }
  }
}
