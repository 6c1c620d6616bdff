import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Digest } from '../oci/digest.js'
import type { FoundReference } from '../trust/lock/locked-references.js'
import type { Demand } from '../trust/quorum/judge.js'
import type { VerifiedImage } from '../trust/quorum/verify-images.js'
import { CliError } from './cli-error.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { flag, wholeNumber } from './option.js'
import type { Paint } from './paint.js'
import { printReport } from './report.js'
import { signaturesOption } from './trust/signatures-option.js'

/** `stagex lock` */
export const lockCommand = declareCommand({
  name: 'lock',
  group: 'Trust',
  summary: 'Pin the images that your Containerfiles name to digests that enough people signed',
  arguments: '[containerfile...]',
  details: `
Writes a digest behind each reference to an image of the tree's registries, in FROM, in COPY --from and in mounts, once the
image it names has its quorum. What has a digest keeps it, and has to have its quorum still; with --update, its tag is
asked again. Where one image has no quorum, no file is changed, and the status is 3.`,
  examples: [
    ['lock', 'the Containerfile of this folder'],
    ['lock --update --dry-run app/Containerfile', 'what newer images would change']
  ],
  options: {
    update: flag('--update', 'ask again what the tags name'),
    dryRun: flag('--dry-run', 'only show what would change'),
    threshold: wholeNumber(
      '--threshold <n>',
      'people who must have signed (default: release.toml’s, 2)'
    ),
    signatures: signaturesOption
  },
  run: async (context, files, { update, dryRun, threshold, signatures }) => {
    const { releaseSettings } = await import('../publish/release-settings.js')
    const { scopesOf } = await import('../trust/payload/subject.js')
    const { referencesIn } = await import('../trust/lock/locked-references.js')
    const { renderVerification, verifyReport } = await import('./trust/verify-report.js')
    const { registries, ...settings } = releaseSettings(context.root)
    const scopes = scopesOf(registries)
    const texts = (files.length > 0 ? files : ['Containerfile']).map((file) => {
      return readContainerfile(resolve(context.cwd, file))
    })
    const found = texts.flatMap(({ path, text }) => {
      return referencesIn(text, path, scopes).map((reference) => ({ path, reference }))
    })
    if (found.length === 0) throw nothing(scopes)
    const pins: Pinned[] = []
    for (const each of found) {
      pins.push({ ...each, ...(await pinOf(context, each.reference, update)) })
    }
    const demand = { threshold: threshold ?? settings.threshold, vendors: 0 }
    const images = await verifyPins(context, pins, { demand, registries, signatures })
    const verification = verifyReport(images, demand.threshold, 0)
    if (verification.met && !dryRun) await writePins(texts, pins)
    const changes = pins.filter(({ reference, by }) => reference.text !== by).map(changeOf)
    printReport(context, { ...verification, changes }, (report, paint) => {
      if (!report.met) return renderVerification(report, paint)
      return changes.map((change) => renderChange(change, paint)).join('')
    })
    return verification.met ? 0 : 3
  }
})

/** A reference, and what it becomes. */
interface Pinned {
  readonly path: string
  readonly reference: FoundReference
  /** The reference with its digest. */
  readonly by: string
  /** The manifests of single platforms that the digest leads to: what people sign. */
  readonly manifests: readonly Digest[]
}

async function pinOf(
  context: CommandContext,
  { name, text }: FoundReference,
  update: boolean
): Promise<Pick<Pinned, 'by' | 'manifests'>> {
  const { resolveManifests } = await import('./trust/resolve-manifests.js')
  const kept = update ? undefined : name.digest
  const { digest, manifests } = await resolveManifests(
    context,
    name.repository,
    kept ?? name.tag ?? 'latest'
  )
  return { by: `${text.replace(/@.*$/, '')}@${digest}`, manifests }
}

async function verifyPins(
  context: CommandContext,
  pins: readonly Pinned[],
  { demand, registries, signatures }: Demanded
): Promise<readonly VerifiedImage[]> {
  const { subjectOfRepository } = await import('../trust/payload/subject.js')
  const { loadTrusted } = await import('../trust/quorum/load-trusted.js')
  const { verifyImages } = await import('../trust/quorum/verify-images.js')
  const { openSources } = await import('./trust/signature-sources.js')
  const subjects = pins.flatMap(({ reference: { name }, manifests }) => {
    return manifests.map((digest) => subjectOfRepository(name.repository, digest, registries))
  })
  const trusted = loadTrusted(context.root, Math.floor(context.now() / 1000))
  const { sources, close } = await openSources(context, signatures)
  return verifyImages(subjects, { trusted, demand, sources, jobs: 4 }).finally(close)
}

/** What the pins are held against. */
interface Demanded {
  readonly demand: Demand
  readonly registries: readonly string[]
  readonly signatures: readonly string[]
}

async function writePins(texts: readonly Containerfile[], pins: readonly Pinned[]): Promise<void> {
  const { replaceFile } = await import('../base/write-file.js')
  const { replaceReferences } = await import('../trust/lock/locked-references.js')
  for (const { path, text } of texts) {
    const own = pins.filter((pin) => pin.path === path)
    const changed = own.map(({ reference, by }) => ({ found: reference, by }))
    const replaced = replaceReferences(text, changed)
    if (replaced !== text) replaceFile(path, replaced, `${path}.${process.pid}`)
  }
}

/** One line of a file that changes. */
interface Change {
  readonly file: string
  readonly line: number
  readonly from: string
  readonly to: string
}

function changeOf({ path, reference: { line, text }, by }: Pinned): Change {
  return { file: path, line, from: text, to: by }
}

function renderChange({ file, line, from, to }: Change, paint: Paint): string {
  return `${file}:${line}\n${paint.bad(`- ${from}`)}\n${paint.good(`+ ${to}`)}\n`
}

/** A file that is to be pinned. */
interface Containerfile {
  readonly path: string
  readonly text: string
}

function readContainerfile(path: string): Containerfile {
  try {
    return { path, text: readFileSync(path, 'utf8') }
  } catch (error) {
    const found = (error as NodeJS.ErrnoException).code ?? ''
    throw new CliError('cli/bad-usage', 'this is no Containerfile', {
      kind: 'usage',
      where: path,
      found
    })
  }
}

function nothing(scopes: readonly string[]): CliError {
  return new CliError('cli/bad-usage', 'there is nothing to pin', {
    kind: 'usage',
    expected: `images of ${scopes.join(' or ')}`
  })
}
