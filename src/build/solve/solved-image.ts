import type {
  HistoryEntry,
  ImageSource,
  Platform,
  ResolvedStage
} from '../../containerfile/step.js'
import type { Digest } from '../../oci/digest.js'
import type { BuiltImage } from '../image/built-image.js'
import type { ImageInputs } from './image-inputs.js'
import type { ImageRequest } from '../plan/image-request.js'

/** An image whose every step is known, and that is named by all that goes into it. */
export interface SolvedImage {
  readonly request: ImageRequest
  readonly platform: Platform
  readonly inputs: ImageInputs
  /** Names the inputs: equal keys give equal images. */
  readonly key: Digest
  /** The stages that the target needs, in the order in which they are built. */
  readonly stages: readonly ResolvedStage[]
  readonly target: ResolvedStage
  /** The image that the target starts from, through all the stages between. */
  readonly base: BuiltImage | undefined
  /** What this build adds to the base's history. */
  readonly history: readonly HistoryEntry[]
  readonly annotations: Readonly<Record<string, string>>
  /** @throws BuildError `build/no-such-image` */
  readonly dependency: (source: ImageSource & { kind: 'image' }) => BuiltImage
}
