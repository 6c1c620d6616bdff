import { StagexError } from '../../base/error.js'
import { inParallel } from '../../base/in-parallel.js'
import type { TransferOptions } from '../../source/fetch-options.js'
import { DEFAULT_JOBS, Transfer } from '../../source/transfer.js'
import type { SourceDefinition } from '../../tree/definition.js'
import { loadFolder } from '../../tree/load-folder.js'
import type { Package, Tree } from '../../tree/tree.js'
import { mirrorLayouts } from './mirror-layout.js'
import { offeredVersions } from './offered-versions.js'
import { compareVersions, isPrerelease } from './version-order.js'

/** What mirrors say of one version that a tree has. */
export interface VersionState {
  /** `<stage>-<name>` */
  readonly package: string
  /** The key of a source that has a version of its own; absent where it is the package's. */
  readonly source?: string
  readonly version: string
  /** The newest release that is offered, where it is newer. */
  readonly newest?: string
  /** The listing that told; absent where none did. */
  readonly where?: string
  /** Why nothing is known. */
  readonly because?: string
}

/**
 * Asks the mirrors' listings which versions there are, for packages with sources that name one.
 * @returns in the order of the packages
 * @throws SourceError `source/cancelled`
 */
export async function findOutdated(
  tree: Tree,
  packages: readonly Package[],
  options: TransferOptions,
  onState: (state: VersionState) => void = () => undefined
): Promise<VersionState[]> {
  const transfer = new Transfer(options)
  const wanted = packages.flatMap((each) => versionsOf(tree, each))
  return inParallel(wanted, options.jobs ?? DEFAULT_JOBS, async ({ named, sources }) => {
    const state = await stateOf(named, sources, transfer)
    onState(state)
    return state
  })
}

interface Wanted {
  readonly named: Pick<VersionState, 'package' | 'source' | 'version'>
  /** Those whose URLs have the version in them. */
  readonly sources: readonly SourceDefinition[]
}

function versionsOf(tree: Tree, each: Package): Wanted[] {
  const all = loadFolder(tree.root, each).definition?.sources ?? []
  const own = all.flatMap((source): Wanted[] => {
    const { version, key } = source
    if (version === undefined) return []
    return [{ named: { package: each.fullName, source: key, version }, sources: [source] }]
  })
  // Who takes the version of another package is bumped with it.
  if (each.version === undefined || each.versionFrom !== undefined) return own
  const shared = all.filter(({ version }) => version === undefined)
  if (shared.length === 0) return own
  return [{ named: { package: each.fullName, version: each.version }, sources: shared }, ...own]
}

async function stateOf(
  named: Wanted['named'],
  sources: readonly SourceDefinition[],
  transfer: Transfer
): Promise<VersionState> {
  const layouts = sources.flatMap(mirrorLayouts)
  const reasons: string[] = layouts.length > 0 ? [] : ['no mirror has the version in its URL']
  for (const layout of layouts) {
    try {
      const { versions, where } = await offeredVersions(layout, named.version, transfer)
      if (versions.length === 0) {
        reasons.push(`${where} names no versions`)
        continue
      }
      const newest = newestRelease(versions, named.version)
      return { ...named, where, ...(newest !== undefined && { newest }) }
    } catch (error) {
      if (!(error instanceof StagexError) || error.code === 'source/cancelled') throw error
      reasons.push(`${error.where ?? ''}: ${error.found ?? error.message}`)
    }
  }
  return { ...named, because: [...new Set(reasons)].join('; ') }
}

/** The newest that is newer; before a release only where the current one is so, too. */
function newestRelease(versions: readonly string[], current: string): string | undefined {
  const newer = versions.filter(
    (version) =>
      compareVersions(version, current) > 0 &&
      (isPrerelease(current) || !isPrerelease(version)) &&
      sameScheme(version, current)
  )
  return newer.sort(compareVersions).at(-1)
}

/** A date among versions that are none is of another time, however large: 20040914 is not after 1.2. */
function sameScheme(version: string, current: string): boolean {
  const first = (text: string): number => /\d+/.exec(text)?.[0].length ?? 0
  return first(version) < 4 || first(current) >= 4
}
