import { loadTree } from '../tree/load-tree.js'
import { hexOf } from '../oci/digest.js'
import { lookUpImages } from './embedded-builder.js'
import { planBuild } from './plan/plan.js'
import { openStore } from './store/store.js'
import { sessionName } from './store/session.js'
import { type ImageSteps, imageSteps } from './step-states.js'
import { resolveNames } from '../tree/resolve-names.js'

/**
 * Finds which steps of an image would be executed, and why; building nothing.
 * @param image its name in the tree
 */
export async function stepsOf(
  places: { readonly root: string; readonly home: string },
  image: string
): Promise<ImageSteps> {
  const { requests } = planBuild(await loadTree(places.root), [image])
  return imageSteps(openStore(places.home, sessionName(process.pid)), requests)
}

/** An image of the tree and the digest of its first platform's manifest, if it is built. */
export interface KnownDigest {
  readonly image: string
  /** The stage of the tree that it belongs to. */
  readonly stage: string
  /** 64 hexadecimal digits; absent where the image, as it is defined now, has not been built. */
  readonly hex?: string
}

/**
 * Looks up the digests of images as they are defined now, building nothing.
 * @param names as a person names them; none means the whole tree
 */
export async function knownDigests(
  places: { readonly root: string; readonly home: string },
  names: readonly string[]
): Promise<KnownDigest[]> {
  const tree = await loadTree(places.root)
  const wanted =
    names.length === 0
      ? [...tree.images.keys()]
      : resolveNames(tree, names).images.map((image) => image.name)
  const { requests } = planBuild(tree, wanted)
  const known = lookUpImages(openStore(places.home, sessionName(process.pid)), requests)
  return wanted.map((image) => {
    const digest = known.get(image)?.[0]?.manifest.digest
    const stage = tree.images.get(image)?.package.stage ?? ''
    return { image, stage, ...(digest !== undefined && { hex: hexOf(digest) }) }
  })
}
