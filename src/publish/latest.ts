import { inParallel } from '../base/in-parallel.js'
import type { Digest } from '../oci/digest.js'
import { isIndexType } from '../oci/media-type.js'
import { parseIndex } from '../oci/parse-document.js'
import { pullManifest, type PulledManifest } from '../oci/registry/pull-manifest.js'
import { pushManifest } from '../oci/registry/push-manifest.js'
import { RegistryError } from '../oci/registry/registry-error.js'
import type { PublishPlace } from './place.js'
import { firstRefusal, type QuorumJudge } from './quorum.js'
import { releaseTag } from './release-name.js'

/** A release of which `latest` is to name every image. */
export interface LatestMove {
  readonly place: PublishPlace
  readonly release: string
  /** Every image of the release and the digest that the tree records for it. */
  readonly whole: ReadonlyMap<string, Digest | undefined>
  /** Images that a dry run takes to be there. */
  readonly comes: ReadonlySet<string>
  readonly judge: QuorumJudge
  readonly dryRun: boolean
  readonly jobs: number
}

/**
 * Moves `latest` of every image of a release, once all of them are at the place, are what the tree records
 * and have their quorum: whoever follows `latest` never gets images of two releases, but for the moment in
 * which the tags move.
 * @returns the images that it waits for; none where it moved, or would
 */
export async function moveLatest(move: LatestMove): Promise<readonly string[]> {
  const entries = [...move.whole].filter(([image]) => !move.comes.has(image))
  const found = await inParallel(entries, move.jobs, ([image, recorded]) => {
    return released(move, image, recorded)
  })
  const missing = entries.flatMap(([image], index) => (found[index] === undefined ? [image] : []))
  if (missing.length > 0 || move.dryRun) return missing
  const whole = entries.flatMap(([image], index) => {
    const manifest = found[index]
    return manifest === undefined ? [] : [{ image, manifest }]
  })
  await inParallel(whole, move.jobs, async ({ image, manifest }) => {
    const repository = move.place.repository(image)
    await pushManifest(repository, 'latest', manifest.descriptor, manifest.bytes)
  })
  return []
}

/** What the release's tag names at the place, if that is what it has to be. */
async function released(
  { place, release, judge }: LatestMove,
  image: string,
  recorded: Digest | undefined
): Promise<PulledManifest | undefined> {
  const pulled = await pullIfThere(place, image, releaseTag(release))
  if (pulled === undefined || recorded === undefined) return undefined
  const digests = manifestsOf(pulled)
  if (!digests.includes(recorded)) return undefined
  return (await firstRefusal(judge, image, digests)) === undefined ? pulled : undefined
}

async function pullIfThere(
  place: PublishPlace,
  image: string,
  tag: string
): Promise<PulledManifest | undefined> {
  try {
    return await pullManifest(place.repository(image), tag)
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'registry/not-found') return undefined
    throw error
  }
}

/** The manifests of single platforms that a tag leads to. */
function manifestsOf({ descriptor, bytes }: PulledManifest): Digest[] {
  if (!isIndexType(descriptor.mediaType)) return [descriptor.digest]
  const { manifests } = parseIndex(bytes.toString('utf8'), descriptor.digest)
  return manifests.map(({ digest }) => digest)
}
