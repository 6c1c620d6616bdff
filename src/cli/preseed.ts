import { availableParallelism } from 'node:os'
import type { PreseededRow } from '../publish/preseed.js'
import { declareCommand, type Status } from './command.js'
import { repeated, text, wholeNumber } from './option.js'
import type { Paint } from './paint.js'
import { counted } from './readable.js'
import { type ErrorReport, printReport, reportOf } from './report.js'
import { signaturesOption } from './trust/signatures-option.js'

/** `stagex preseed` */
export const preseedCommand = declareCommand({
  name: 'preseed',
  group: 'Publish',
  summary: 'Fill the store with published images that enough people signed',
  arguments: '[name...]',
  details: `
Takes the named images, and those that they are built from, out of a registry into the store; without names, all that
digests/ records. A build of what is made from them then begins with them. Nothing is pulled before its digest has its
quorum of verified signatures, nothing is kept that is not what the definition beside it gives, and nobody signs here
what was taken in this way. The status is 3 where an image has no quorum.`,
  examples: [
    ['preseed', 'all images that digests/ records'],
    ['preseed core-gcc --release 2026.03.0', 'a compiler, and only from that release']
  ],
  options: {
    release: text('--release <YYYY.MM.N>', 'the release that must have the images'),
    signatures: signaturesOption,
    registries: repeated('--registry <host/path>', 'where to look instead of release.toml’s'),
    jobs: wholeNumber('-j, --jobs <n>', 'images at the same time (default: one a core)')
  },
  run: async (context, names, { release, signatures, registries, jobs }) => {
    const { loadTree } = await import('../tree/load-tree.js')
    const { resolveNames } = await import('../tree/resolve-names.js')
    const { preseed } = await import('../publish/preseed.js')
    const { recordedDigest } = await import('../publish/publishable.js')
    const { releaseName } = await import('../publish/release-name.js')
    const { releaseSettings } = await import('../publish/release-settings.js')
    const { placesToUse } = await import('./publish/registry-options.js')
    const { quorumJudge } = await import('./publish/quorum-judge.js')
    const { TransferProgress } = await import('./progress/transfer-progress.js')
    const tree = await loadTree(context.root)
    const wanted =
      names.length > 0
        ? resolveNames(tree, names).images.map(({ name }) => name)
        : [...tree.images.keys()].filter((name) => recordedDigest(tree, name) !== undefined)
    const settings = releaseSettings(context.root)
    const places = placesToUse(context, registries, settings.registries)
    const { judge, close } = await quorumJudge(context, settings, signatures)
    const progress = new TransferProgress(context.stderr, wanted.length)
    const rows = await preseed({
      tree,
      home: context.home,
      names: wanted,
      ...(release === undefined ? {} : { release: releaseName(release) }),
      places,
      judge,
      jobs: jobs ?? availableParallelism(),
      since: Math.floor(context.now() / 1000),
      onBytes: progress.bytes,
      onImage: ({ image, state }) => {
        if (state === 'taken') progress.image(`${image} taken`)
      }
    }).finally(() => {
      progress.end()
      close()
    })
    printReport(context, { images: rows.map(reportRow) }, renderRows)
    return statusOf(rows)
  }
})

/** What `stagex preseed --json` prints of one image. */
interface PreseedRow {
  readonly image: string
  readonly state: PreseededRow['state']
  readonly digest?: string
  readonly error?: ErrorReport
}

function reportRow({ image, state, digest, error }: PreseededRow): PreseedRow {
  return {
    image,
    state,
    ...(digest === undefined ? {} : { digest }),
    ...(error === undefined ? {} : { error: reportOf(error) })
  }
}

function renderRows({ images }: { images: readonly PreseedRow[] }, paint: Paint): string {
  const failed = images.flatMap(({ image, error }) => {
    if (error === undefined) return []
    const where = error.found === undefined ? '' : `: ${error.found}`
    return [`${paint.bad(image)} ${error.message}${where} [${error.code}]\n`]
  })
  const states = ['taken', 'known', 'failed', 'skipped'] as const
  const words = { taken: 'taken', known: 'here already', failed: 'not taken', skipped: 'skipped' }
  const parts = states.flatMap((state) => {
    const count = images.filter((row) => row.state === state).length
    return count === 0 ? [] : [`${count} ${words[state]}`]
  })
  return `${failed.join('')}${counted(images.length, 'image')}: ${parts.join(', ')}\n`
}

function statusOf(rows: readonly PreseededRow[]): Status {
  if (rows.some(({ error }) => error?.kind === 'trust')) return 3
  return rows.every(({ state }) => state === 'taken' || state === 'known') ? 0 : 1
}
