import { existsSync } from 'node:fs'
import { StagexError } from '../../base/error.js'
import { lookUpImages } from '../../build/embedded-builder.js'
import type { BuiltImage } from '../../build/image/built-image.js'
import { planPossible } from '../../build/plan/plan.js'
import { sessionName } from '../../build/store/session.js'
import { openStore, type Store } from '../../build/store/store.js'
import type { Tree } from '../../tree/tree.js'

/** The images of a tree that are in the store as they are defined now, one for each platform. */
export interface BuiltImages {
  readonly store: Store
  readonly images: ReadonlyMap<string, readonly BuiltImage[]>
}

/**
 * Looks up which of the images named are built, and those that they are built from; undefined where there
 * is no store, or nothing that could be built.
 */
export function builtImages(
  tree: Tree,
  home: string,
  names: readonly string[]
): BuiltImages | undefined {
  if (!existsSync(home) || names.length === 0) return undefined
  const store = openStore(home, sessionName(process.pid))
  try {
    const { plan } = planPossible(tree, names)
    return { store, images: lookUpImages(store, plan.requests) }
  } catch (error) {
    // Why nothing can be built is what the rules about the tree tell.
    if (error instanceof StagexError) return undefined
    throw error
  }
}
