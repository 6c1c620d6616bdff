import type { QuorumJudge } from '../../publish/quorum.js'
import type { ReleaseSettings } from '../../publish/release-settings.js'
import { subjectOf } from '../../trust/payload/subject.js'
import type { NotCounted } from '../../trust/quorum/judge.js'
import { loadTrusted } from '../../trust/quorum/load-trusted.js'
import { type VerifiedImage, verifyImage } from '../../trust/quorum/verify-images.js'
import type { CommandContext } from '../context.js'
import { openSources } from '../trust/signature-sources.js'

/** A judge, and the end of what it holds open. */
export interface OpenedJudge {
  readonly judge: QuorumJudge
  readonly close: () => void
}

/**
 * The judge of images for publishing and preseeding: the people of the tree's MAINTAINERS, by their verified
 * signatures, as many of them and of as many vendors as `release.toml` demands.
 * @param places where signatures lie; the tree's own where none are named
 * @throws TrustError where nobody can be trusted at all
 */
export async function quorumJudge(
  context: CommandContext,
  settings: ReleaseSettings,
  places: readonly string[]
): Promise<OpenedJudge> {
  const trusted = loadTrusted(context.root, Math.floor(context.now() / 1000))
  const { sources, close } = await openSources(context, places)
  const { threshold, vendors, registries } = settings
  const verification = { trusted, demand: { threshold, vendors }, sources, jobs: 1 }
  const judge: QuorumJudge = async ({ image, digest }) => {
    const verified = await verifyImage(subjectOf(image, digest, registries), verification)
    const { met, people, counted } = verified
    const inputs = counted.flatMap((each) => each.inputs ?? [])
    return { met, signers: people, inputs, ...(met ? {} : { reason: reasonOf(verified) }) }
  }
  return { judge, close }
}

/** One line of why an image is refused. */
function reasonOf({ demand, people, vendors, notCounted, failures }: VerifiedImage): string {
  const parts = [
    `${people.length} of ${demand.threshold} people signed`,
    ...(vendors.length < demand.vendors
      ? [`on processors of ${vendors.length} of ${demand.vendors} vendors`]
      : []),
    ...(people.length === 0 ? [] : [people.join(', ')]),
    ...notCounted.slice(0, 5).map(shortReason),
    ...failures.slice(0, 5).map(({ source, error }) => `${source}: ${error.code}`)
  ]
  return parts.join('; ')
}

function shortReason({ person, code, message }: NotCounted): string {
  return `not counted${person === undefined ? '' : ` of ${person}`}: ${message} [${code}]`
}
