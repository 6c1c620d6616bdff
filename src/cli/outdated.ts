import type { Package, Tree } from '../tree/tree.js'
import { declareCommand } from './command.js'
import { wholeNumber } from './option.js'
import { printReport } from './report.js'
import { systemClock } from './system-clock.js'

/** `stagex outdated` */
export const outdatedCommand = declareCommand({
  name: 'outdated',
  group: 'Upkeep',
  summary: 'Ask upstream for newer versions of packages',
  arguments: '[name...]',
  details: `
Reads the listings of the mirrors that have a version in their URLs: folders, web pages that link to files, and the tags
of git repositories; without names, for the whole tree. Versions before a release count only for packages that have
such a one. What cannot be reached is told, with the reason. The status is 1 where something is outdated.`,
  examples: [
    ['outdated core', 'a stage'],
    ['bump zlib 1.3.1', 'and then']
  ],
  options: {
    jobs: wholeNumber('-j, --jobs <n>', 'listings to ask for at the same time (default: 8)')
  },
  run: async (context, names, { jobs }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { findOutdated } = await import('../upkeep/outdated/find-outdated.js')
    const { renderOutdated } = await import('./outdated/outdated-report.js')
    const tree = await loadTree(context.root)
    const states = await findOutdated(tree, await packagesOf(tree, names), {
      clock: systemClock,
      environment: context.env,
      signal: context.interruption(),
      ...(jobs !== undefined && { jobs })
    })
    printReport(context, { versions: states }, (_, paint) => renderOutdated(states, paint))
    return states.some(({ newest }) => newest !== undefined) ? 1 : 0
  }
})

async function packagesOf(tree: Tree, names: readonly string[]): Promise<readonly Package[]> {
  if (names.length === 0) return [...tree.packages.values()]
  const { resolveNames } = await import('../tree/resolve-names.js')
  return [...new Set(resolveNames(tree, names).images.map((image) => image.package))]
}
