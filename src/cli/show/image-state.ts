import { StagexError } from '../../base/error.js'
import type { KnownDigest } from '../../build/known-digests.js'
import type { Graph } from '../../tree/graph.js'
import { reachable } from '../../tree/graph-walk.js'

/** Whether an image, as it is defined now, is in the store. */
export type ImageState =
  | { readonly kind: 'built'; readonly digest: string }
  | {
      /** `changed`: a layout of it is there, made from other inputs or by a store that forgot them. */
      readonly kind: 'changed' | 'not-built'
      /**
       * The images behind it that are not built themselves although all that they are built from is: where
       * a build begins. The image itself where the change is its own.
       */
      readonly begins: readonly string[]
    }
  /** Something that it is built from is not in the tree, or the other way round built from it. */
  | { readonly kind: 'cannot-be-built'; readonly because: string }

/** The digests of an image and of all that it is built from, as far as they are built; or why there are none. */
export type Known = readonly KnownDigest[] | StagexError

/** Finds an image's state from what is known of it and of those behind it. */
export function imageState(
  name: string,
  graph: Graph,
  known: Known,
  hasLayout: boolean
): ImageState {
  if (known instanceof StagexError) return { kind: 'cannot-be-built', because: known.message }
  const digests = new Map(known.map(({ image, hex }) => [image, hex]))
  const digest = digests.get(name)
  if (digest !== undefined) return { kind: 'built', digest: `sha256:${digest}` }
  const isBuilt = (image: string): boolean => digests.get(image) !== undefined
  const left = reachable([name], graph.dependencies).filter((image) => !isBuilt(image))
  const begins = left.filter((image) => graph.dependencies(image).every(isBuilt))
  return { kind: hasLayout ? 'changed' : 'not-built', begins }
}
