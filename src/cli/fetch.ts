import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TransferOptions } from '../source/fetch-options.js'
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
    ['fetch --mirror /srv/sources', 'and use them; a URL does as well']
  ],
  options: {
    jobs: wholeNumber('-j, --jobs <n>', 'transfers at the same time (default: 8)'),
    check: flag('--check', 'download from every mirror, keep nothing, and tell which are right'),
    mirrorTo: text(
      '--mirror-to <folder>',
      'keep an archive of the sources that a web server can serve'
    ),
    mirrors: repeated('--mirror <url>', 'an archive to ask before the declared mirrors')
  },
  run: async (context, names, { jobs, check, mirrorTo, mirrors }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { wantedSources } = await import('./fetch/wanted-sources.js')
    if (mirrorTo !== undefined) refuseUnusable(mirrorTo, check)
    const wanted = wantedSources(await loadTree(context.root), names)
    const options = {
      clock: systemClock,
      environment: context.env,
      signal: context.interruption(),
      ...(jobs !== undefined && { jobs })
    }
    if (check) return checkAll(context, wanted, options)
    const archives = mirrors.map((mirror) => archiveUrl(mirror, context.cwd))
    const folder = mirrorTo === undefined ? undefined : resolve(context.cwd, mirrorTo)
    return fetchAll(context, wanted, { ...options, archives }, folder)
  }
})

/** @throws CliError `cli/bad-usage` */
function refuseUnusable(mirrorTo: string, check: boolean): void {
  if (check) {
    throw new CliError('cli/bad-usage', '--check keeps nothing that --mirror-to could take', {
      kind: 'usage',
      hint: 'call stagex fetch twice'
    })
  }
  if (!/^[a-z][a-z0-9+.-]+:/i.test(mirrorTo)) return
  throw new CliError('cli/bad-usage', 'an archive is written to a folder', {
    kind: 'usage',
    expected: 'a path',
    found: mirrorTo
  })
}

/** An archive's base URL; a folder of this machine may be named by its path. */
function archiveUrl(mirror: string, cwd: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(mirror) ? mirror : pathToFileURL(resolve(cwd, mirror)).href
}

async function fetchAll(
  context: CommandContext,
  wanted: readonly PackageSource[],
  options: TransferOptions & { readonly archives: readonly string[] },
  folder: string | undefined
): Promise<Status> {
  const { fetchSources } = await import('../source/fetch-sources.js')
  const { SourceStore } = await import('../source/source-store.js')
  const { FetchProgress } = await import('./progress/fetch-progress.js')
  const { fetchRow, renderFetch } = await import('./fetch/fetch-report.js')
  const store = new SourceStore(context.home)
  const progress = new FetchProgress(context.stderr, wanted.length)
  const onEvent = progress.event.bind(progress)
  const { outcomes } = await fetchSources(wanted, store, { ...options, onEvent }).finally(() => {
    progress.end()
  })
  const sources = wanted.flatMap((source, index) => {
    const outcome = outcomes[index]
    return outcome === undefined ? [] : [fetchRow(context.root, source, outcome)]
  })
  const had = wanted.filter((_, index) => outcomes[index]?.state !== 'failed')
  const report = folder === undefined ? { sources } : await archived(sources, had, store, folder)
  printReport<FetchReport>(context, report, renderFetch)
  return had.length === wanted.length ? 0 : 1
}

async function archived(
  sources: FetchReport['sources'],
  had: readonly PackageSource[],
  store: SourceStore,
  folder: string
): Promise<FetchReport> {
  const { archiveSources } = await import('../source/archive.js')
  const added = await archiveSources(
    had.map(({ source }) => source),
    store,
    folder
  )
  return { sources, archive: { folder, added } }
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
