import type { Digest } from '../../oci/digest.js'

/** Everything that an image is made of, as JSON data in a fixed order. */
export interface ImageInputs {
  /** What its documents say: platform, config, history, annotations. */
  readonly documents: readonly unknown[]
  readonly stages: readonly StageInputs[]
  /** The digest of the image that it starts from, through all the stages between. */
  readonly basis: Digest | null
}

/** What a stage is made of. */
export interface StageInputs {
  readonly index: number
  readonly name: string
  /** What it starts from, images by their digests. */
  readonly base: unknown
  readonly steps: readonly StepInputs[]
}

/** What a step is made of. */
export interface StepInputs {
  /** The instruction; no part of the key. */
  readonly text: string
  readonly identity: readonly unknown[]
  /** The contents that it reads. */
  readonly input: unknown
}
