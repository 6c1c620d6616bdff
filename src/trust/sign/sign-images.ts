import type { Machine } from '../maintainers/maintainers.js'
import { type Subject, subjectOf } from '../payload/subject.js'
import { writePayload } from '../payload/write-payload.js'
import { judge, type Trusted } from '../quorum/judge.js'
import { signatureFolder, signaturesAt } from '../sources/signature-source.js'
import { TrustError } from '../trust-error.js'
import type { Signable } from './signable.js'
import type { SignaturePlace } from './signature-place.js'
import type { Signer } from './signer.js'

/** Everything that signing needs. */
export interface Signing {
  readonly place: SignaturePlace
  readonly trusted: Trusted
  readonly signer: Signer
  /** Where the images are published; the first names them in the signatures. */
  readonly places: readonly string[]
  /** `stagex 0.1.0` */
  readonly creator: string
  readonly machine: Machine | undefined
  readonly onSigned?: (row: SignedRow) => void
  readonly signal?: AbortSignal
}

/** What became of one image. */
export interface SignedRow {
  readonly image: string
  readonly digest: string
  /** `there`: a signature of this person counts already. */
  readonly state: 'signed' | 'there'
  /** Where a new signature is. */
  readonly file?: string
}

/**
 * Signs images one after the other, as a card does. What this person has signed, such that it counts, is not
 * signed again; so an interrupted call goes on where it was.
 * @throws TrustError `sign/does-not-count`, `sign/gpg-failed`
 */
export async function signImages(
  images: readonly Signable[],
  signing: Signing
): Promise<SignedRow[]> {
  const rows: SignedRow[] = []
  for (const image of images) {
    signing.signal?.throwIfAborted()
    const row = await signImage(image, signing)
    signing.onSigned?.(row)
    rows.push(row)
  }
  return rows
}

/** Seconds: signing a release with a card takes hours at most. */
const LONGEST = 24 * 3600

const anybody = { threshold: 1, vendors: 0 }

async function signImage(signable: Signable, signing: Signing): Promise<SignedRow> {
  const { image, digest } = signable
  const { place, trusted, signer, places } = signing
  const subject = subjectOf(image, digest, places)
  const [path = ''] = subject.paths
  const found = await signaturesAt(place.source, path, digest)
  const { people } = judge(subject, found, trusted, anybody)
  if (people.includes(signer.person)) return { image, digest, state: 'there' }
  const bytes = await signer.sign(payloadFor(signable, subject, signing))
  refuseUncounted(bytes, subject, signing)
  const file = place.add(signatureFolder(path, digest), bytes)
  return { image, digest, state: 'signed', file }
}

function payloadFor(
  { digest, inputs, version = 'latest' }: Signable,
  { repositories: [repository = ''] }: Subject,
  { creator, machine, trusted }: Signing
): string {
  // A version may have characters that no tag has (OCI distribution specification, "Pulling manifests").
  const tag = version.replace(/[^A-Za-z0-9_.-]/g, '_')
  return writePayload({
    reference: `${repository}:${tag}`,
    digest,
    creator,
    timestamp: trusted.now,
    inputs,
    ...(machine === undefined ? {} : { machine })
  })
}

/** A signature that no one would count is told of now, and not on the day of the release. */
function refuseUncounted(bytes: Uint8Array, subject: Subject, { trusted, signer }: Signing): void {
  const { people, notCounted } = judge(
    subject,
    [{ where: 'the new signature', bytes }],
    // gpg takes the time at which it signs, which may be long after this command began.
    { ...trusted, now: trusted.now + LONGEST },
    anybody
  )
  if (people.includes(signer.person)) return
  const [reason] = notCounted
  throw new TrustError('sign/does-not-count', 'the new signature would not count', {
    where: subject.image,
    found: reason === undefined ? people.join(' ') : `${reason.message} [${reason.code}]`,
    hint: 'stagex maintainers check'
  })
}
