import type { ImageResult } from '../build/build-tree.js'
import { WorkerError } from '../build/worker/error-message.js'
import type { ErrorMessage } from '../build/worker/messages.js'
import type { ImportedImage } from './build/import-results.js'
import type { Paint } from './paint.js'
import type { DigestMismatch } from './recorded-digests.js'

/** What a build reports of one image. */
export interface SummaryRow {
  readonly image: string
  readonly outcome: 'built' | 'cached' | 'failed' | 'skipped'
  /** Digest of the first platform's manifest. */
  readonly digest?: string
  readonly layout?: string
  readonly error?: ErrorMessage
  /** The failed image that kept this one from being built. */
  readonly because?: string
}

/** What `stagex build --json` prints. */
export interface BuildSummary {
  readonly images: readonly SummaryRow[]
  /** Images whose digests are not those that the tree records. */
  readonly mismatches: readonly DigestMismatch[]
  /** What a container engine was given, where that was asked for. */
  readonly imported: readonly ImportedImage[]
}

/** The report of a build, in the order of the plan. */
export function summaryOf(
  results: readonly ImageResult[],
  mismatches: readonly DigestMismatch[],
  imported: readonly ImportedImage[]
): BuildSummary {
  return { images: results.map(rowOf), mismatches, imported }
}

function rowOf({ name, outcome, layout }: ImageResult): SummaryRow {
  const row = { image: name, outcome: outcome.kind }
  if (outcome.kind === 'failed') return { ...row, error: outcome.error }
  if (outcome.kind === 'skipped') return { ...row, because: outcome.because }
  const digest = outcome.images[0]?.manifest.digest
  return {
    ...row,
    ...(digest !== undefined && { digest }),
    ...(layout !== undefined && { layout })
  }
}

/** The first failure among the results, as an error to end a command with. */
export function failureOf(results: readonly ImageResult[]): WorkerError | undefined {
  const failed = results.map(({ outcome }) => outcome).find(({ kind }) => kind === 'failed')
  return failed?.kind === 'failed' ? new WorkerError(failed.error) : undefined
}

/** A line for each image, and what to know about those that could not be built. */
export function renderSummary(summary: BuildSummary, paint: Paint): string {
  const { images, mismatches, imported } = summary
  if (images.length === 0) return 'nothing to build\n'
  const width = Math.max(...images.map(({ image }) => image.length), 0)
  const rows = images.map((row) => `${renderRow(row, width, paint)}\n`)
  return [
    ...rows,
    ...imported.map(({ engine, reference }) => `${engine} has ${paint.strong(reference)}\n`),
    ...mismatches.map((mismatch) => renderMismatch(mismatch, paint))
  ].join('')
}

function renderMismatch({ image, file, expected, found }: DigestMismatch, paint: Paint): string {
  return [
    `${paint.bad('differs:')} ${paint.strong(`${image} is not what the tree records`)}\n`,
    `  at       ${file}\n  expected ${expected}\n  found    ${found}\n`,
    `  hint     if the change is meant: ./stagex digests --write ${image}\n`
  ].join('')
}

function renderRow(row: SummaryRow, width: number, paint: Paint): string {
  const name = row.image.padEnd(width)
  if (row.digest !== undefined) return `${row.digest} ${name} ${paint.faint(row.outcome)}`
  if (row.because === undefined) return `${paint.bad('failed')}  ${name}`
  return `${paint.doubtful('skipped')} ${name} because ${row.because} failed`
}
