import { printable } from '../../base/error.js'
import type { PublicationReport, PublishedRow } from '../../publish/publish.js'
import type { Paint } from '../paint.js'

/** What `stagex publish --json` prints. */
export interface PublishReport {
  readonly release: string
  readonly dryRun: boolean
  readonly refused: readonly {
    readonly image: string
    readonly signers: readonly string[]
    readonly reason: string
  }[]
  readonly images: readonly PublishedRow[]
  readonly latest: readonly { readonly place: string; readonly waitsFor: readonly string[] }[]
}

/** The report of a publication. */
export function publishReport(
  release: string,
  dryRun: boolean,
  { refused, rows, latestWaitsFor }: PublicationReport
): PublishReport {
  return {
    release,
    dryRun,
    refused: refused.map(({ image, verdict: { signers, reason } }) => ({
      image,
      signers,
      reason: reason ?? `signed by ${signers.join(', ') || 'nobody'}`
    })),
    images: rows,
    latest: [...latestWaitsFor].map(([place, waitsFor]) => ({ place, waitsFor }))
  }
}

export function renderPublication(report: PublishReport, paint: Paint): string {
  const refused = report.refused.map(
    ({ image, reason }) => `${paint.bad('refused')} ${image}: ${printable(reason)}\n`
  )
  if (refused.length > 0) return [...refused, 'nothing was published\n'].join('')
  const rows = report.images.map((row) => `${publishedLine(row)}\n`)
  const latest = report.latest.map(({ place, waitsFor }) => {
    if (waitsFor.length > 0) return `${place}: latest waits for ${waitsFor.join(' ')}\n`
    return `${place}: latest ${report.dryRun ? 'would name' : 'names'} release ${report.release}\n`
  })
  return [...rows, ...latest].join('')
}

/** One image at one place. */
export function publishedLine({ place, image, digest, state, tags }: PublishedRow): string {
  const words = { present: 'is there', pushed: 'pushed', 'would-push': 'would be pushed' } as const
  return `${digest} ${place}/${image} ${words[state]} (${tags.join(', ')})`
}
