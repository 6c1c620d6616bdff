import type { Digest } from '../../oci/digest.js'
import { hexOf } from '../../oci/digest.js'
import type { FoundSignature } from '../quorum/judge.js'
import { TrustError } from '../trust-error.js'

/** Somewhere where signatures lie as containers-registries.d(5) has them. */
export interface SignatureSource {
  /** For people: a folder, a URL. */
  readonly name: string
  /**
   * One file below the place, or undefined where there is none.
   * @throws TrustError, HttpError where it cannot be told
   */
  read(path: string): Promise<Uint8Array | undefined>
}

/** Bytes of a signature file. */
export const LARGEST_SIGNATURE = 256 * 1024

/** Signatures of one image at one place; each costs a check. */
const MOST_SIGNATURES = 100

/** The folder of an image's signatures, relative to where signatures lie. */
export function signatureFolder(path: string, digest: Digest): string {
  return `${path}@sha256=${hexOf(digest)}`
}

/**
 * All signatures of an image at one place: `signature-1`, `signature-2`, … up to the first that is not there,
 * as every reader of the format counts them.
 * @throws TrustError `signatures/too-many`, and what the source throws
 */
export async function signaturesAt(
  source: SignatureSource,
  path: string,
  digest: Digest
): Promise<FoundSignature[]> {
  const found: FoundSignature[] = []
  for (let number = 1; number <= MOST_SIGNATURES; number++) {
    const file = `${signatureFolder(path, digest)}/signature-${number}`
    const bytes = await source.read(file)
    if (bytes === undefined) return found
    found.push({ where: `${source.name}/${file}`, bytes })
  }
  throw new TrustError('signatures/too-many', 'an image has too many signatures', {
    where: `${source.name}/${signatureFolder(path, digest)}`,
    expected: `fewer than ${MOST_SIGNATURES}`
  })
}
