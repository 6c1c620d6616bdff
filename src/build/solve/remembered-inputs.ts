import type { Platform } from '../../containerfile/step.js'
import { type Digest, sha256 } from '../../oci/digest.js'
import { readRecord, writeRecord } from '../store/record.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'
import type { ImageInputs } from './image-inputs.js'
import type { SolvedImage } from './solved-image.js'

/** Remembers what an image was made of last, so that a person can be told what changed since. */
export function rememberInputs(store: Store, session: Session, solved: SolvedImage): void {
  writeRecord(store, session, 'inputs', keyOf(solved.request.name, solved.platform), solved.inputs)
}

/** What the image of that name was made of when it was built last. */
export function rememberedInputs(
  store: Store,
  image: string,
  platform: Platform
): ImageInputs | undefined {
  return readRecord(store, 'inputs', keyOf(image, platform)) as ImageInputs | undefined
}

function keyOf(image: string, { os, architecture, variant = '' }: Platform): Digest {
  return sha256(JSON.stringify(['stagex inputs 1', image, os, architecture, variant]))
}
