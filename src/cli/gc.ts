import type { Collection } from '../build/store/garbage.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import { flag, text } from './option.js'
import { readableSize } from './readable.js'
import { printReport } from './report.js'

/** `stagex gc` */
export const gcCommand = declareCommand({
  name: 'gc',
  group: 'This machine',
  summary: 'Make the store smaller',
  details: `
Removes what was not used for the longest time until the store takes no more than --keep, and never what a running
build uses. Everything that is removed can be made or fetched again. Sizes are written 500MB, 20GB or 20GiB.`,
  options: {
    keep: text('--keep <size>', 'how much may stay (default: 20GB)'),
    dryRun: flag('--dry-run', 'only say what would be removed')
  },
  run: async (context, _, { keep, dryRun }) => {
    const { collectGarbageIn } = await import('../build/collect-garbage.js')
    const collection = await collectGarbageIn(context.home, bytesOf(keep ?? '20GB'), dryRun)
    printReport(context, reportOf(collection), (report) => render(report, dryRun))
    return 0
  }
})

/** What `stagex gc --json` prints; sizes in bytes. */
interface GcReport {
  readonly before: number
  readonly freed: number
  readonly removed: Readonly<Record<'blob' | 'snapshot' | 'source', number>>
}

function reportOf({ before, freed, removed }: Collection): GcReport {
  const count = (kind: string): number => removed.filter((thing) => thing.kind === kind).length
  const counts = { blob: count('blob'), snapshot: count('snapshot'), source: count('source') }
  return { before, freed, removed: counts }
}

function render({ before, freed, removed }: GcReport, dryRun: boolean): string {
  const verb = dryRun ? 'would free' : 'freed'
  const { blob, snapshot, source } = removed
  const what = `${snapshot} snapshots, ${blob} blobs, ${source} sources`
  return `${verb} ${readableSize(freed)} of ${readableSize(before)}: ${what}\n`
}

const units: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40
}

/** @throws CliError `cli/bad-usage` */
function bytesOf(size: string): number {
  const [, amount, unit = 'B'] = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]{1,3})?$/i.exec(size) ?? []
  const factor = units[unit.toUpperCase()]
  if (amount !== undefined && factor !== undefined) return Math.floor(Number(amount) * factor)
  throw new CliError('cli/bad-usage', 'cannot read a size', {
    kind: 'usage',
    expected: 'a number and a unit: 500MB, 20GB, 20GiB',
    found: size
  })
}
