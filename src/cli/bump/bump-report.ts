import { printable } from '../../base/error.js'
import type { Bumped } from '../../upkeep/bump/bump-package.js'
import type { Mention } from '../../upkeep/bump/mentions.js'
import type { BumpPlan } from '../../upkeep/bump/plan-bump.js'
import type { Paint } from '../paint.js'
import { counted, readableSize } from '../readable.js'
import { type ErrorReport, reportOf } from '../report.js'

/** What `stagex bump --json` prints. */
export interface BumpReport {
  readonly package: string
  readonly from: string
  readonly to: string
  /** Files that were written, below the tree's root. */
  readonly files: readonly string[]
  readonly sources: readonly BumpedSource[]
  /** Lines that name the old version still. */
  readonly mentions: readonly Mention[]
  /** Packages whose digest is recorded, and will be another one. */
  readonly recorded: readonly string[]
}

interface BumpedSource {
  readonly package: string
  readonly key: string
  readonly file: string
  readonly hash: string
  readonly size: number
  readonly mirrors: readonly string[]
  readonly failed: readonly ErrorReport[]
}

export function bumpReport(
  { package: { fullName }, from, to }: BumpPlan,
  { files, sources }: Bumped,
  mentions: readonly Mention[],
  recorded: readonly string[]
): BumpReport {
  const rows = sources.map(({ package: owner, source: { key, file }, learned }) => {
    const { hash, size, mirrors } = learned
    return { package: owner, key, file, hash, size, mirrors, failed: learned.failed.map(reportOf) }
  })
  return { package: fullName, from, to, files, sources: rows, mentions, recorded }
}

export function renderBump(report: BumpReport, paint: Paint): string {
  const { package: name, from, to, files, sources, mentions, recorded } = report
  return [
    `${paint.strong(name)} ${from} → ${paint.good(to)}`,
    ...files.map((file) => `  ${paint.faint('wrote')}    ${file}`),
    ...sources.flatMap((source) => sourceLines(source, paint)),
    ...(sources.length > 0 ? [] : ['  no source changes with the version']),
    ...(mentions.length > 0 ? [`what names ${from} still:`] : []),
    ...mentions.map(({ file, line, text }) => printable(`  ${file}:${line}: ${text}`)),
    ...(recorded.length > 0
      ? [
          `digests/ has the old digest of ${recorded.join(', ')}: build, then stagex digests --write`
        ]
      : [])
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function sourceLines({ file, hash, size, mirrors, failed }: BumpedSource, paint: Paint): string[] {
  const agreed = mirrors.length > 1 ? `, the same on ${counted(mirrors.length, 'mirror')}` : ''
  return [
    `  ${paint.faint('fetched')}  ${printable(file)} (${readableSize(size)}) from ${mirrors[0] ?? ''}${agreed}`,
    `           sha256:${hash}`,
    ...failed.map(({ where, message }) => {
      return `  ${paint.doubtful('failed')}   ${where ?? ''}: ${message}`
    })
  ]
}
