import { resolve } from 'node:path'
import type { TransferOptions } from '../source/fetch-options.js'
import type { FetchOutcome } from '../source/fetch-report.js'
import type { SourceStore } from '../source/source-store.js'
import { CliError } from './cli-error.js'
import { declareCommand, type Status } from './command.js'
import type { CommandContext } from './context.js'
import type { PackageSource } from './fetch/wanted-sources.js'
import type { FetchReport } from './fetch/fetch-report.js'
import { flag, repeated, text, wholeNumber } from './option.js'
import { printReport } from './report.js'
import { systemClock } from './system-clock.js'

/** `stagex fetch` */
export const fetchCommand = declareCommand({
  name: 'fetch',
  group: 'Build',
  summary: 'Fetch and verify sources before they are needed',
  arguments: '[name...]',
  details: `
Fetches the sources of the named images and of all that they are built from; without names, those of the whole tree.
They lie in fetch/<stage>/<name>/, and in the store once for each hash. What was interrupted goes on where it
stopped. A build fetches what it needs by itself.

The status is 1 where a source cannot be had; with --check, where no mirror serves one.`,
  examples: [
    ['fetch', 'all sources of the tree'],
    ['fetch --check hello', 'which mirrors of hello and what it needs still work'],
    ['fetch --mirror-to /srv/sources', 'keep all sources for the day when upstream is gone'],
    ['fetch --mirror /srv/sources', 'and use them; a URL does as well'],
    ['fetch --mirror-to oci:localhost:5000/me/sources', 'keep them in a registry'],
    ['fetch --mirror oci:localhost:5000/me/sources', 'and take them from there']
  ],
  options: {
    jobs: wholeNumber('-j, --jobs <n>', 'transfers at the same time (default: 8)'),
    check: flag('--check', 'download from every mirror, keep nothing, and tell which are right'),
    mirrorTo: text(
      '--mirror-to <folder|oci:reference>',
      'keep an archive of the sources, in a folder that a web server can serve or in a registry'
    ),
    mirrors: repeated(
      '--mirror <url|oci:reference>',
      'an archive to ask before the declared mirrors'
    )
  },
  run: async (context, names, { jobs, check, mirrorTo, mirrors }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { wantedSources } = await import('./fetch/wanted-sources.js')
    const { archiveUrl } = await import('./fetch/archive-url.js')
    if (mirrorTo !== undefined) refuseUnusable(mirrorTo, check)
    await refuseBadNames(context, [...mirrors, mirrorTo ?? ''].filter(isOci))
    const archives = mirrors
      .filter((mirror) => !isOci(mirror))
      .map((mirror) => archiveUrl(mirror, context.cwd))
    const wanted = wantedSources(await loadTree(context.root), names)
    const options = {
      clock: systemClock,
      environment: context.env,
      signal: context.interruption(),
      ...(jobs !== undefined && { jobs })
    }
    if (check) return checkAll(context, wanted, options)
    const places = { ociArchives: mirrors.filter(isOci), archive: mirrorTo }
    return fetchAll(context, wanted, { ...options, archives }, places)
  }
})

/** A name that means no archive is told before anything is fetched. */
async function refuseBadNames(context: CommandContext, archives: readonly string[]): Promise<void> {
  if (archives.length === 0) return
  const { ociArchive } = await import('./fetch/oci-archive.js')
  for (const name of archives) ociArchive(context, name)
}

/** Whether an archive is named that lies in a registry. */
function isOci(archive: string): boolean {
  return archive.startsWith('oci:')
}

/** @throws CliError `cli/bad-usage` */
function refuseUnusable(mirrorTo: string, check: boolean): void {
  if (check) {
    throw new CliError('cli/bad-usage', '--check keeps nothing that --mirror-to could take', {
      kind: 'usage',
      hint: 'call stagex fetch twice'
    })
  }
  if (isOci(mirrorTo) || !/^[a-z][a-z0-9+.-]+:/i.test(mirrorTo)) return
  throw new CliError('cli/bad-usage', 'an archive is written to a folder or a registry', {
    kind: 'usage',
    expected: 'a path, or oci:registry/repository[:tag]',
    found: mirrorTo
  })
}

/** Archives beside the mirrors. */
interface ArchivePlaces {
  /** In registries, to take sources from: `oci:<reference>`. */
  readonly ociArchives: readonly string[]
  /** To add sources to: a folder, or `oci:<reference>`. */
  readonly archive: string | undefined
}

async function fetchAll(
  context: CommandContext,
  wanted: readonly PackageSource[],
  options: TransferOptions & { readonly archives: readonly string[] },
  { ociArchives, archive }: ArchivePlaces
): Promise<Status> {
  const { SourceStore } = await import('../source/source-store.js')
  const { fetchRow, renderFetch } = await import('./fetch/fetch-report.js')
  const store = new SourceStore(context.home)
  const outcomes = await fetchWanted(context, wanted, store, options, ociArchives)
  const sources = wanted.flatMap((source, index) => {
    const outcome = outcomes[index]
    return outcome === undefined ? [] : [fetchRow(context.root, source, outcome)]
  })
  const had = wanted.filter((_, index) => outcomes[index]?.state !== 'failed')
  const kept = archive === undefined ? undefined : await archived(context, had, store, archive)
  const report = { sources, ...(kept !== undefined && { archive: kept }) }
  printReport<FetchReport>(context, report, renderFetch)
  return had.length === wanted.length ? 0 : 1
}

async function fetchWanted(
  context: CommandContext,
  wanted: readonly PackageSource[],
  store: SourceStore,
  options: TransferOptions & { readonly archives: readonly string[] },
  ociArchives: readonly string[]
): Promise<FetchOutcome[]> {
  const { fetchSources } = await import('../source/fetch-sources.js')
  const { FetchProgress } = await import('./progress/fetch-progress.js')
  const { takeFromOciArchives, withArchive } = await import('./fetch/oci-archive.js')
  const all = wanted.map(({ source }) => source)
  const taken = await takeFromOciArchives(context, ociArchives, all, store)
  const progress = new FetchProgress(context.stderr, wanted.length)
  const onEvent = progress.event.bind(progress)
  const { outcomes } = await fetchSources(wanted, store, { ...options, onEvent }).finally(() => {
    progress.end()
  })
  return outcomes.map((outcome) => withArchive(outcome, taken))
}

async function archived(
  context: CommandContext,
  had: readonly PackageSource[],
  store: SourceStore,
  archive: string
): Promise<{ readonly folder: string; readonly added: number }> {
  const sources = had.map(({ source }) => source)
  if (isOci(archive)) {
    const { addToOciArchive } = await import('./fetch/oci-archive.js')
    return { folder: archive, added: await addToOciArchive(context, archive, sources, store) }
  }
  const { archiveSources } = await import('../source/archive.js')
  const folder = resolve(context.cwd, archive)
  return { folder, added: await archiveSources(sources, store, folder) }
}

async function checkAll(
  context: CommandContext,
  wanted: readonly PackageSource[],
  options: TransferOptions
): Promise<Status> {
  const { checkMirrors } = await import('../source/check-mirrors.js')
  const { FetchProgress } = await import('./progress/fetch-progress.js')
  const { mirrorReport, renderMirrors } = await import('./fetch/mirror-report.js')
  const sources = wanted.map(({ source }) => source)
  const mirrors = sources.reduce((sum, source) => sum + source.mirrors.length, 0)
  const progress = new FetchProgress(context.stderr, mirrors, 'mirrors')
  const checks = await checkMirrors(sources, options, (check) => {
    progress.checked(check)
  }).finally(() => {
    progress.end()
  })
  const report = mirrorReport(wanted, checks)
  printReport(context, report, renderMirrors)
  return report.sources.every(({ available }) => available) ? 0 : 1
}
