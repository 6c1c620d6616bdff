import type { Paint } from '../paint.js'
import { renderVerification, type VerifyReport } from '../trust/verify-report.js'
import type { Pin } from './containerfiles.js'

/** What `stagex lock --json` prints. */
export interface LockReport extends VerifyReport {
  /** Lines that change, or with --check would have to. */
  readonly changes: readonly {
    readonly file: string
    readonly line: number
    readonly from: string
    /** Absent where only a registry could tell. */
    readonly to?: string
  }[]
  /** Whether the lock file changes. */
  readonly lockChanges: boolean
}

/** The lines that are not as the pins have them. */
export function changesIn(pins: readonly Pin[]): LockReport['changes'] {
  return pins
    .filter(({ reference, by }) => reference.text !== by)
    .map(({ path, reference: { line, text }, by }) => {
      return { file: path, line, from: text, ...(by === undefined ? {} : { to: by }) }
    })
}

export function renderLock(report: LockReport, paint: Paint): string {
  const lines = report.changes.map(({ file, line, from, to }) => {
    const after = to === undefined ? paint.doubtful('? not locked') : paint.good(`+ ${to}`)
    return `${file}:${line}\n${paint.bad(`- ${from}`)}\n${after}\n`
  })
  const refused = !report.met && report.images.length > 0
  return refused ? renderVerification(report, paint) : lines.join('')
}
