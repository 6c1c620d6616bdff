import { inParallel } from '../../base/in-parallel.js'
import { StagexError } from '../../base/error.js'
import type { Subject } from '../payload/subject.js'
import { type SignatureSource, signaturesAt } from '../sources/signature-source.js'
import { type Demand, type FoundSignature, judge, type Quorum, type Trusted } from './judge.js'

/** A place whose signatures could not be asked for. */
export interface SourceFailure {
  readonly source: string
  readonly error: StagexError
}

/** What is known of one image. */
export interface VerifiedImage extends Quorum {
  /** The quorum may be met by what other places have; it never is by a place that failed. */
  readonly failures: readonly SourceFailure[]
}

/** What images are verified with. */
export interface Verification {
  readonly trusted: Trusted
  readonly demand: Demand
  readonly sources: readonly SignatureSource[]
  /** Images at a time. */
  readonly jobs: number
}

/** Judges images by the signatures of all sources, in the order given. */
export function verifyImages(
  subjects: readonly Subject[],
  verification: Verification
): Promise<VerifiedImage[]> {
  return inParallel(subjects, verification.jobs, (subject) => verifyImage(subject, verification))
}

/** Judges one image by the signatures of all sources. */
export async function verifyImage(
  subject: Subject,
  { trusted, demand, sources }: Verification
): Promise<VerifiedImage> {
  const signatures: FoundSignature[] = []
  const failures: SourceFailure[] = []
  for (const source of sources) {
    for (const path of subject.paths) {
      try {
        signatures.push(...(await signaturesAt(source, path, subject.digest)))
      } catch (error) {
        if (!(error instanceof StagexError)) throw error
        failures.push({ source: source.name, error: error as StagexError })
      }
    }
  }
  return { ...judge(subject, signatures, trusted, demand), failures }
}
