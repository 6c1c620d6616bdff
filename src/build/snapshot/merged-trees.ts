import type { Digest } from '../../oci/digest.js'
import type { Listing } from './listing.js'
import { MergedTree } from './merged-tree.js'

const keptTrees = 4

/**
 * Keeps the trees that were needed last. Each belongs to whoever took it until it is given back, for laying
 * a snapshot over a tree changes it.
 */
export class MergedTrees {
  readonly #kept = new Map<string, MergedTree>()
  readonly #listing: (snapshot: Digest) => Listing

  constructor(listing: (snapshot: Digest) => Listing) {
    this.#listing = listing
  }

  /** The tree that the snapshots make, lowest first. */
  take(chain: readonly Digest[]): MergedTree {
    const kept = this.#kept.get(chain.join())
    if (kept !== undefined) {
      this.#kept.delete(chain.join())
      return kept
    }
    const tree = new MergedTree()
    for (const snapshot of chain) tree.lay(snapshot, this.#listing(snapshot))
    return tree
  }

  /** Gives a tree back, with the snapshots that it is made of by now. */
  give(chain: readonly Digest[], tree: MergedTree): void {
    this.#kept.set(chain.join(), tree)
    for (const key of [...this.#kept.keys()].slice(0, -keptTrees)) this.#kept.delete(key)
  }
}
