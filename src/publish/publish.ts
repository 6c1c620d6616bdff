import { inParallel } from '../base/in-parallel.js'
import type { Digest } from '../oci/digest.js'
import type { OnBytes } from '../oci/registry/pull-blob.js'
import { manifestDigest } from '../oci/registry/pull-manifest.js'
import { moveLatest } from './latest.js'
import type { PublishPlace } from './place.js'
import { PublishError } from './publish-error.js'
import type { Publishable } from './publishable.js'
import { pushTagged } from './push-tagged.js'
import { firstRefusal, type QuorumJudge, type Verdict } from './quorum.js'
import { releaseTag } from './release-name.js'

/** A publication of images of one release. */
export interface Publication {
  readonly release: string
  readonly images: readonly Publishable[]
  /** Every image of the release and the digest that the tree records for it. */
  readonly whole: ReadonlyMap<string, Digest | undefined>
  readonly places: readonly PublishPlace[]
  readonly judge: QuorumJudge
  /** Only says what would be done. */
  readonly dryRun: boolean
  /** Images at a time. */
  readonly jobs: number
  readonly onImage?: (row: PublishedRow) => void
  readonly onBytes?: OnBytes
}

/** What became, or would become, of one image at one place. */
export interface PublishedRow {
  readonly place: string
  readonly image: string
  readonly digest: Digest
  /** `present`: the place had it with these tags already. */
  readonly state: 'present' | 'pushed' | 'would-push'
  readonly tags: readonly string[]
}

/** An image that may not be published. */
export interface Refusal {
  readonly image: string
  readonly verdict: Verdict
}

/** What a publication did. Where anything was refused, nothing was pushed. */
export interface PublicationReport {
  readonly refused: readonly Refusal[]
  readonly rows: readonly PublishedRow[]
  /** For each place: the images that its `latest` waits for; none where it has moved, or would. */
  readonly latestWaitsFor: ReadonlyMap<string, readonly string[]>
}

/**
 * Publishes images: judges all of them, pushes them to every place with the tags `<version>` and
 * `sx<release>`, and moves `latest` when all of the release is there. What is there already is not sent
 * again, so an interrupted publication goes on where it stopped.
 * @throws PublishError `publish/tag-taken`; RegistryError; HttpError; what the judge throws
 */
export async function publish(publication: Publication): Promise<PublicationReport> {
  const refused = await judgeAll(publication)
  if (refused.length > 0) return { refused, rows: [], latestWaitsFor: new Map() }
  const rows: PublishedRow[] = []
  const latestWaitsFor = new Map<string, readonly string[]>()
  for (const place of publication.places) rows.push(...(await publishAt(publication, place)))
  const comes = new Set(publication.dryRun ? publication.images.map(({ image }) => image) : [])
  for (const place of publication.places) {
    latestWaitsFor.set(place.name, await moveLatest({ ...publication, place, comes }))
  }
  return { refused, rows, latestWaitsFor }
}

async function judgeAll({ images, judge, jobs }: Publication): Promise<Refusal[]> {
  const verdicts = await inParallel(images, jobs, ({ image, digests }) => {
    return firstRefusal(judge, image, digests)
  })
  return images.flatMap(({ image }, index) => {
    const verdict = verdicts[index]
    return verdict === undefined ? [] : [{ image, verdict }]
  })
}

async function publishAt(publication: Publication, place: PublishPlace): Promise<PublishedRow[]> {
  const { images, jobs, onImage } = publication
  const placed = new Map<Digest, string>()
  return inParallel(images, jobs, async (each) => {
    const row = await publishOne(publication, place, each, placed)
    onImage?.(row)
    return row
  })
}

async function publishOne(
  { release, dryRun, onBytes }: Publication,
  place: PublishPlace,
  each: Publishable,
  placed: Map<Digest, string>
): Promise<PublishedRow> {
  const { image, version, named, platforms } = each
  const repository = place.repository(image)
  const tags = [...(version === undefined ? [] : [version]), releaseTag(release)]
  const { digest } = named.descriptor
  const row = { place: place.name, image, digest, tags }
  const found = await inParallel(tags, 2, (tag) => manifestDigest(repository, tag))
  refuseTaken(repository.name, releaseTag(release), digest, found.at(-1))
  if (found.every((each) => each === digest)) return { ...row, state: 'present' }
  if (dryRun) return { ...row, state: 'would-push' }
  await pushTagged(repository, each, tags, {
    mountFrom: (blob) => placed.get(blob),
    ...(onBytes === undefined ? {} : { onBytes })
  })
  for (const { descriptor } of platforms.flatMap(({ blobs }) => blobs)) {
    placed.set(descriptor.digest, place.pathOf(image))
  }
  return { ...row, state: 'pushed' }
}

/** A release's tag names one image for ever: whoever pinned it would get something else. */
function refuseTaken(
  repository: string,
  tag: string,
  expected: Digest,
  found: Digest | undefined
): void {
  if (found === undefined || found === expected) return
  throw new PublishError('publish/tag-taken', 'the release has another image of this name', {
    where: `${repository}:${tag}`,
    expected,
    found,
    hint: 'publish what changed as another release'
  })
}
