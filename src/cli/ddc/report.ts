import { hexOf } from '../../oci/digest.js'
import type { ChainAgreement, FirstDifference } from '../../rebuild/diverse/agreement.js'
import type { RecordMismatch } from '../../rebuild/diverse/check-record.js'
import type { ChainStart, DiverseRecord } from '../../rebuild/diverse/record.js'
import type { Paint } from '../paint.js'

/** What `stagex ddc --json` prints. */
export interface DiverseReport extends ChainAgreement {
  readonly chain: string
  readonly starts: readonly ChainStart[]
}

/** What `stagex ddc --check --json` prints. */
export interface CheckReport extends Pick<DiverseRecord, 'starts' | 'results'> {
  readonly chain: string
  /** The file with the record. */
  readonly record: string
  /** What does not hold in it. */
  readonly mismatches: readonly RecordMismatch[]
}

/** The starts, a line for each result, and the first difference. */
export function renderDiverse(
  { starts, results, difference }: DiverseReport,
  paint: Paint
): string {
  const rows = results.map(({ name, identical, digests }) => {
    if (identical) return `${hexOf(Object.values(digests)[0] ?? 'sha256:')} ${name}\n`
    const each = Object.entries(digests).map(([from, digest]) => `  ${hexOf(digest)} ${from}\n`)
    return `${paint.bad('differs:')} ${name}\n${each.join('')}`
  })
  const end =
    difference === undefined
      ? `${paint.good('identical')} from ${starts.map(({ from }) => from).join(', ')}\n`
      : renderDifference(difference, paint)
  return [...starts.map(renderStart), ...rows, end].join('')
}

function renderStart({ from, version, digest }: ChainStart): string {
  return `from ${from.padEnd(6)} ${version ?? digest ?? ''}\n`
}

function renderDifference(difference: FirstDifference, paint: Paint): string {
  const { name, member, offset, between, found } = difference
  const where = member === undefined ? '' : `, in ${member}`
  return [
    `${paint.bad('first difference:')} ${name}, byte ${offset}${where}\n`,
    `  from ${between[0]}: ${found[0]}\n  from ${between[1]}: ${found[1]}\n`
  ].join('')
}

/** Whether the record holds, and what does not. */
export function renderCheck(
  { starts, results, mismatches, record }: CheckReport,
  paint: Paint
): string {
  if (mismatches.length === 0) {
    const from = starts.map((start) => start.from).join(', ')
    const rows = results.map(({ name, digest }) => `${hexOf(digest)} ${name}\n`).join('')
    return `${starts.map(renderStart).join('')}${rows}${paint.good('holds')}: identical from ${from}\n`
  }
  const rows = mismatches.map(({ kind, name, expected, found }) => {
    return `  ${kind} ${name}\n    expected ${expected}\n    found    ${found}\n`
  })
  return [
    `${paint.bad('does not hold:')} ${record}\n`,
    ...rows,
    'If the change is meant: ./stagex ddc tcc --write\n'
  ].join('')
}
