import type { Digest } from '../oci/digest.js'

/** What people say of an image: the manifest of one platform. */
export interface Attested {
  /** `<stage>-<name>` */
  readonly image: string
  readonly digest: Digest
}

/** Whether enough people vouch for an image by signatures that were verified. */
export interface Verdict {
  readonly met: boolean
  /** Distinct people whose signatures count. */
  readonly signers: readonly string[]
  /** What the signers say that the image was made of, where they say it: keys of images. */
  readonly inputs?: readonly Digest[]
  /** Why the quorum is not met, for people; one line. */
  readonly reason?: string
}

/** Judges one image by what the tree's signatures say; never anything but a verdict is "good". */
export type QuorumJudge = (image: Attested) => Promise<Verdict>

/**
 * The verdict on an image of several manifests: all of them have a quorum, or the image has none.
 * @param key what the image was made of, where that matters; signers who say otherwise do not vouch for it
 * @returns undefined where the quorum is met for each, else the first verdict that is not good
 */
export async function firstRefusal(
  judge: QuorumJudge,
  image: string,
  digests: readonly Digest[],
  key?: Digest
): Promise<Verdict | undefined> {
  if (digests.length === 0) return { met: false, signers: [], reason: 'the image has no manifest' }
  for (const digest of digests) {
    const verdict = await judge({ image, digest })
    if (!verdict.met) return verdict
    const inputs = verdict.inputs ?? []
    if (key !== undefined && inputs.some((each) => each !== key)) {
      return { ...verdict, met: false, reason: 'its signers built it of other inputs' }
    }
  }
  return undefined
}
