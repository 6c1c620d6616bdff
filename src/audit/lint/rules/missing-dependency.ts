import { containerfileLabel } from '../../../tree/containerfile-label.js'
import type { TreeRule } from '../rule.js'

/** An image that a package is built from and that is not there. */
export const missingDependency: TreeRule = {
  name: 'missing-dependency',
  on: 'tree',
  level: 'error',
  summary: 'An image of the tree that a Containerfile names and the tree does not have',
  reason: `
\`stagex/<stage>-<name>\` in a FROM, a COPY --from or a mount means a package of this tree. Where there is none, or where it
is broken itself, the image cannot be built. Stages that no image of the package needs are not looked at.`,
  bad: { Containerfile: 'FROM stagex/core-nothing AS package\n' },
  good: { Containerfile: 'FROM scratch AS package\n' },
  *check({ tree, graph }) {
    const told = new Set<string>()
    for (const { from, name, broken, near, reference } of graph.missing) {
      const owner = tree.images.get(from)?.package
      const place = `${owner?.fullName ?? from} ${reference.line} ${name}`
      // The images of one package may need it through one and the same line.
      if (owner === undefined || told.has(place)) continue
      told.add(place)
      yield {
        package: owner.fullName,
        file: containerfileLabel(tree, owner),
        position: { line: reference.line, column: 1 },
        message: broken ? 'this package of the tree is broken' : 'the tree has no such image',
        found: `stagex/${name}`,
        ...(near === undefined ? {} : { hint: `did you mean \`stagex/${near}\`?` })
      }
    }
  }
}
