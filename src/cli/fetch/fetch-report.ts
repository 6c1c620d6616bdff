import { relative } from 'node:path'
import type { FetchOutcome } from '../../source/fetch-report.js'
import { type ErrorReport, reportOf } from '../report.js'
import type { Paint } from '../paint.js'
import { counted, readableSize } from '../readable.js'
import type { PackageSource } from './wanted-sources.js'

/** What `stagex fetch --json` prints of one source. */
interface FetchRow {
  readonly package: string
  readonly key: string
  readonly file: string
  readonly hash: string
  /** `kept`: it was here already. */
  readonly state: 'kept' | 'fetched' | 'failed'
  /** Below the tree's root. */
  readonly path?: string
  readonly mirror?: string
  /** In bytes; of what was fetched. */
  readonly size?: number
  readonly error?: ErrorReport
}

/** What `stagex fetch --json` prints. */
export interface FetchReport {
  readonly sources: readonly FetchRow[]
  /** The archive that was written, and how many files it did not have before. */
  readonly archive?: { readonly folder: string; readonly added: number }
}

/** The report's row of one source. */
export function fetchRow(
  root: string,
  { package: from, source }: PackageSource,
  outcome: FetchOutcome
): FetchRow {
  const { key, file, hash } = source
  const row = { package: from, key, file, hash, state: outcome.state }
  if (outcome.state === 'failed') return { ...row, error: reportOf(outcome.error) }
  const path = relative(root, outcome.path)
  if (outcome.state === 'kept') return { ...row, path }
  return { ...row, path, mirror: outcome.mirror, size: outcome.size }
}

/** What failed, and how many did what. */
export function renderFetch({ sources, archive }: FetchReport, paint: Paint): string {
  const failed = sources.flatMap((row) => {
    return row.error === undefined ? [] : renderFailed(row, row.error, paint)
  })
  const fetched = sources.filter(({ state }) => state === 'fetched')
  const size = fetched.reduce((sum, row) => sum + (row.size ?? 0), 0)
  const count = (state: FetchRow['state']): number =>
    sources.filter((row) => row.state === state).length
  const parts = [
    `${count('kept')} here already`,
    `${fetched.length} fetched (${readableSize(size)})`,
    ...(count('failed') === 0 ? [] : [paint.bad(`${count('failed')} failed`)])
  ]
  const lines = [...failed, `${counted(sources.length, 'source')}: ${parts.join(', ')}\n`]
  if (archive !== undefined) lines.push(`${counted(archive.added, 'file')} added to ${archive.folder}\n`)
  return lines.join('')
}

function renderFailed(row: FetchRow, error: ErrorReport, paint: Paint): string[] {
  const details = [
    ['at', error.where],
    ['expected', error.expected],
    ['found', error.found],
    ['hint', error.hint]
  ] as const
  return [
    `${paint.bad('failed:')} ${row.package} ${row.file}: ${error.message}\n`,
    ...details.flatMap(([label, text]) =>
      text === undefined ? [] : [`  ${label.padEnd(9)}${text.replaceAll('\n', `\n${' '.repeat(11)}`)}\n`]
    )
  ]
}
