import { CliError } from './cli-error.js'
import { declareCommand, type Status } from './command.js'
import type { CommandContext } from './context.js'
import type { FailureRow } from './trust/verify-report.js'
import { signaturesOption } from './trust/signatures-option.js'
import { counted } from './readable.js'
import { printReport } from './report.js'

/** `stagex release` */
export const releaseCommand = declareCommand({
  name: 'release',
  group: 'Publish',
  summary: 'Begin a release, see what it waits for, and end it',
  arguments: '<start|status|finish> <YYYY.MM.N>',
  details: `
start makes the branch release/<name>. status shows for every image whether its digest is recorded, whether this machine
has built the same, and who signed it; it ends with 3 while one image lacks its quorum. finish tags the release once none
does, with notes of what was committed and which images changed since the one before. Publishing is stagex publish.`,
  examples: [
    ['release start 2026.03.0', 'on the branch release/2026.03.0'],
    ['release status 2026.03.0', 'who has signed what, and what blocks'],
    ['release finish 2026.03.0', 'the tag 2026.03.0']
  ],
  options: { signatures: signaturesOption },
  run: async (context, [word = '', name = ''], { signatures }) => {
    const { releaseName } = await import('../publish/release-name.js')
    const release = releaseName(name)
    if (word === 'start') {
      const { releaseBranch, startRelease } = await import('../publish/release-branch.js')
      await startRelease(context.root, release)
      const branch = releaseBranch(release)
      printReport(context, { release, branch }, () => `on the branch ${branch}\n`)
      return 0
    }
    if (word === 'status') return showStatus(context, release, signatures)
    if (word === 'finish') return finish(context, release, signatures)
    throw new CliError('cli/bad-usage', 'this is nothing to do with a release', {
      kind: 'usage',
      expected: 'start, status or finish',
      found: word
    })
  }
})

/** How far one image is. */
interface ReleaseRow {
  readonly image: string
  readonly digest?: string
  /** Whether this machine has built the digest that is recorded. */
  readonly reproduced: boolean
  readonly people: readonly string[]
  readonly vendors: readonly string[]
  readonly met: boolean
  /** Places that did not say which signatures they have. */
  readonly failures: readonly FailureRow[]
}

async function showStatus(
  context: CommandContext,
  release: string,
  signatures: readonly string[]
): Promise<Status> {
  return showRows(context, release, await rowsOf(context, signatures))
}

async function showRows(
  context: CommandContext,
  release: string,
  images: readonly ReleaseRow[]
): Promise<Status> {
  const { describeFailures } = await import('./trust/verify-report.js')
  const blocked = images.filter(({ met }) => !met).map(({ image }) => image)
  printReport(context, { release, images, blocked }, (_report, paint) => {
    const lines = images.map(({ image, digest, reproduced, people, met }) => {
      const word = met ? paint.good('signed ') : paint.bad('waits  ')
      const here = reproduced ? 'built here' : 'not built here'
      const state = digest === undefined ? 'not recorded' : here
      return `${word} ${image}  ${state}, signed by ${people.join(', ') || 'nobody'}\n`
    })
    const silent = describeFailures(images.flatMap(({ failures }) => failures))
    const silences = silent.map((each) => `no answer: ${each}\n`)
    return `${lines.join('')}${silences.join('')}${release} waits for ${counted(blocked.length, 'image')}\n`
  })
  return blocked.length === 0 && images.length > 0 ? 0 : 3
}

async function rowsOf(
  context: CommandContext,
  signatures: readonly string[]
): Promise<ReleaseRow[]> {
  const { knownDigests } = await import('../build/known-digests.js')
  const { digestOfHex } = await import('../oci/digest.js')
  const { recordedDigest } = await import('../publish/publishable.js')
  const { releaseSettings } = await import('../publish/release-settings.js')
  const { loadTree } = await import('../tree/load-tree.js')
  const { subjectOf } = await import('../trust/payload/subject.js')
  const { loadTrusted } = await import('../trust/quorum/load-trusted.js')
  const { verifyImage } = await import('../trust/quorum/verify-images.js')
  const { openSources } = await import('./trust/signature-sources.js')
  const { failureRow } = await import('./trust/verify-report.js')
  const tree = await loadTree(context.root)
  const built = new Map((await knownDigests(context, [])).map(({ image, hex }) => [image, hex]))
  const { threshold, vendors, registries } = releaseSettings(context.root)
  const trusted = loadTrusted(context.root, Math.floor(context.now() / 1000))
  const { sources, close } = await openSources(context, signatures)
  const verification = { trusted, demand: { threshold, vendors }, sources, jobs: 1 }
  const rowOf = async (image: string): Promise<ReleaseRow> => {
    const digest = recordedDigest(tree, image)
    if (digest === undefined) {
      return { image, reproduced: false, people: [], vendors: [], met: false, failures: [] }
    }
    const hex = built.get(image)
    const reproduced = hex !== undefined && digestOfHex(hex) === digest
    const verified = await verifyImage(subjectOf(image, digest, registries), verification)
    const { met, people } = verified
    const failures = verified.failures.map(failureRow)
    return { image, digest, reproduced, people, vendors: verified.vendors, met, failures }
  }
  const rows: ReleaseRow[] = []
  try {
    for (const image of tree.images.keys()) rows.push(await rowOf(image))
  } finally {
    close()
  }
  return rows
}

async function finish(
  context: CommandContext,
  release: string,
  signatures: readonly string[]
): Promise<Status> {
  const { onReleaseBranch, tagRelease } = await import('../publish/release-branch.js')
  await onReleaseBranch(context.root, release)
  const rows = await rowsOf(context, signatures)
  if (rows.length === 0 || rows.some(({ met }) => !met)) {
    return showRows(context, release, rows)
  }
  const notes = await notesOf(context.root, release)
  await tagRelease(context.root, release, notes)
  printReport(context, { release, notes }, () => notes)
  return 0
}

async function notesOf(root: string, release: string): Promise<string> {
  const { changedImages, commitsSince, earlierRelease, fileInRelease } =
    await import('../publish/release-branch.js')
  const { digestFile, parseDigestTable, readDigestFile } = await import('../tree/digest-file.js')
  const before = await earlierRelease(root)
  const images: string[] = []
  for (const stage of ['bootstrap', 'core', 'pallet', 'user']) {
    const file = `digests/${stage}.txt`
    const old = before === undefined ? '' : await fileInRelease(root, before, file)
    images.push(
      ...changedImages(parseDigestTable(old, file), readDigestFile(digestFile(root, stage)))
    )
  }
  const since = before === undefined ? '' : ` since ${before}`
  const commits = await commitsSince(root, before)
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}\n`).join('')
  return `Release ${release}\n\nImages${since}:\n\n${list(images)}\nCommits${since}:\n\n${list(commits)}`
}
