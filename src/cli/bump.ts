import type { Tree } from '../tree/tree.js'
import type { BumpPlan } from '../upkeep/bump/plan-bump.js'
import { declareCommand } from './command.js'
import { printReport } from './report.js'
import { systemClock } from './system-clock.js'

/** `stagex bump` */
export const bumpCommand = declareCommand({
  name: 'bump',
  group: 'Upkeep',
  summary: 'Bring a package to another version',
  arguments: '<name> <version>',
  details: `
Fetches the sources of the new version from all their mirrors, which have to agree, and writes version and hashes into
package.toml, and into that of each package that takes its version from this one; comments stay. Then tells what else
names the old version. Where a source cannot be had, nothing is changed. The hash is what the mirrors serve today:
compare it with what upstream signs.`,
  examples: [['bump zlib 1.3.1', 'then stagex build zlib --dependants']],
  options: {},
  run: async (context, [name = '', version = '']) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { planBump } = await import('../upkeep/bump/plan-bump.js')
    const { bumpPackage } = await import('../upkeep/bump/bump-package.js')
    const { mentionsOf } = await import('../upkeep/bump/mentions.js')
    const { bumpReport, renderBump } = await import('./bump/bump-report.js')
    const { SourceStore } = await import('../source/source-store.js')
    const tree = await loadTree(context.root)
    const plan = planBump(tree, name, version)
    for (const { source, owner } of newSources(plan)) {
      context.stderr.write(`fetching ${source.file} of ${owner}\n`)
    }
    const bumped = await bumpPackage(context.root, plan, new SourceStore(context.home), {
      clock: systemClock,
      environment: context.env,
      signal: context.interruption()
    })
    const mentions = mentionsOf(tree, plan.package, plan.from)
    const report = bumpReport(plan, bumped, mentions, await recorded(tree, plan))
    printReport(context, report, renderBump)
    return 0
  }
})

function newSources({ changes }: BumpPlan): { source: { file: string }; owner: string }[] {
  return changes.flatMap(({ package: owner, sources }) =>
    sources.map((source) => ({ source, owner: owner.fullName }))
  )
}

async function recorded(tree: Tree, { changes }: BumpPlan): Promise<string[]> {
  const { digestFile, readDigestFile } = await import('../tree/digest-file.js')
  return changes.flatMap(({ package: { stage, images } }) => {
    const table = readDigestFile(digestFile(tree.root, stage))
    return images.flatMap(({ name }) => (table.has(name) ? [name] : []))
  })
}
