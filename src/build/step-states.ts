import { StagexError } from '../base/error.js'
import { lookUpImages } from './embedded-builder.js'
import type { ImageRequest } from './plan/image-request.js'
import { type StepState, changedSteps } from './solve/changed-inputs.js'
import { rememberedInputs } from './solve/remembered-inputs.js'
import { solveImage } from './solve/solve-image.js'
import { knownImage } from './solve/image-record.js'
import type { Store } from './store/store.js'

/** What a build of an image would do, step by step. */
export type ImageSteps =
  | { readonly kind: 'steps'; readonly steps: readonly StepState[] }
  /** The steps are known only when the images that it is built from are. */
  | { readonly kind: 'unknown'; readonly because: string }

/**
 * Finds which steps of an image would be executed, and why, on its first platform; building nothing.
 * @param requests the image, last, after all that it is built from
 */
export function imageSteps(store: Store, requests: readonly ImageRequest[]): ImageSteps {
  const request = requests.at(-1)
  const platform = request?.platforms[0]
  if (request === undefined || platform === undefined) throw new Error('no image to look at')
  const known = lookUpImages(store, requests)
  const missing = request.dependencies.find((name) => !known.has(name))
  if (missing !== undefined) return { kind: 'unknown', because: `${missing} has to be built first` }
  try {
    const solved = solveImage(request, platform, (name) => known.get(name))
    const isKnown = knownImage(store, solved.key) !== undefined
    const before = isKnown ? solved.inputs : rememberedInputs(store, request.name, platform)
    return { kind: 'steps', steps: changedSteps(before, solved.inputs) }
  } catch (error) {
    if (error instanceof StagexError) return { kind: 'unknown', because: error.message }
    throw error
  }
}
