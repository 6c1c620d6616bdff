import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, bytesOfText } from '../../base/byte-string.js'
import type { CopyStep } from '../../containerfile/step.js'
import { isSameFile, loweredTime } from '../snapshot/difference.js'
import { factsOf } from '../snapshot/file-facts.js'
import type { Listing, TreeEntry } from '../snapshot/listing.js'
import type { MergedTree } from '../snapshot/merged-tree.js'
import { opaqueFolders } from '../snapshot/opaque-folders.js'
import { type Chain, type SnapshotStore, chainDigest } from '../snapshot/snapshot-store.js'
import { type StackedEntry, stackedListing } from '../snapshot/stacked-listing.js'
import type { StepEnvironment } from './step-environment.js'

/** Folders under one another make every look at a name that is not there slower. */
const mostParts = 250

/**
 * Executes a COPY of a whole tree onto the root of another by laying the one over the other, where that is
 * the same as copying (docs/decisions/0005-dependencies-are-stacked.md).
 * @param below what is copied onto
 * @param from the tree that is copied
 * @returns undefined where it has to be copied
 */
export async function stackedCopy(
  environment: StepEnvironment,
  below: Chain,
  from: Chain,
  step: CopyStep
): Promise<Chain | undefined> {
  const { snapshots } = environment
  if (!copiesWholeTree(step) || from.length === 0) return undefined
  if (snapshots.parts([...below, ...from]).length > mostParts) return undefined
  if (!sameRoot(snapshots, below, from)) return undefined
  const hides = await hiddenPaths(snapshots, from)
  // What --link lays over anything must not hide anything.
  if (hides === undefined || (step.link && hides.length > 0)) return undefined
  return new Stacking(environment, below, from).run(hides)
}

/** Whether the step is `COPY --from=… / /` and changes nothing on the way. */
function copiesWholeTree(step: CopyStep): boolean {
  const { sources, destination, inlineFiles, chown, chmod, parents, exclude, remote } = step
  if (chown !== undefined || chmod !== undefined || parents || exclude.length > 0) return false
  if (remote !== undefined || inlineFiles.length > 0 || sources.length !== 1) return false
  return [...sources, destination].every((path) => /^[./]*$/.test(path) && !path.includes('..'))
}

/** A copy leaves the root as it is; of folders laid over each other, the uppermost's root is seen. */
function sameRoot(snapshots: SnapshotStore, below: Chain, from: Chain): boolean {
  const lower = rootOf(snapshots, below)
  const upper = rootOf(snapshots, from)
  return lower.mode === upper.mode && lower.uid === upper.uid && lower.gid === upper.gid
}

function rootOf(
  snapshots: SnapshotStore,
  chain: Chain
): { mode: number; uid: number; gid: number } {
  const top = snapshots.parts(chain).at(-1)
  return top === undefined ? { mode: 0o40755, uid: 0, gid: 0 } : lstatSync(snapshots.files(top))
}

/**
 * What the tree's snapshots hide of whatever lies below them: names that a step removed, folders that a
 * step made anew.
 * @returns undefined where it cannot be found out
 */
async function hiddenPaths(
  snapshots: SnapshotStore,
  from: Chain
): Promise<ByteString[] | undefined> {
  const parts = snapshots.parts(from)
  const hidden = parts.flatMap((part) => whiteouts(snapshots.listing(part)))
  // One alone was made over nothing, so none of its folders hides anything.
  for (const part of parts.length === 1 ? [] : parts) {
    const opaque = await opaqueFolders(bytesOfText(snapshots.files(part)))
    if (opaque === undefined) return undefined
    hidden.push(...opaque)
  }
  return hidden
}

function whiteouts(listing: Listing): ByteString[] {
  return listing.filter(({ type }) => type === 'whiteout').map(({ path }) => path)
}

class Stacking {
  readonly #snapshots: SnapshotStore
  readonly #epoch: number
  readonly #below: Chain
  readonly #from: Chain

  constructor({ snapshots, epoch }: StepEnvironment, below: Chain, from: Chain) {
    this.#snapshots = snapshots
    this.#epoch = epoch
    this.#below = below
    this.#from = from
  }

  async run(hides: readonly ByteString[]): Promise<Chain | undefined> {
    const { trees } = this.#snapshots
    const source = trees.take(this.#from)
    const tree = trees.take(this.#below)
    const listing = await this.#listing(tree, source, hides)
    trees.give(this.#from, source)
    if (listing === undefined) {
      trees.give(this.#below, tree)
      return undefined
    }
    const snapshot = this.#snapshots.stack(chainDigest(this.#below), this.#from, listing)
    tree.lay(snapshot, listing)
    const chain = [...this.#below, snapshot]
    trees.give(chain, tree)
    return chain
  }

  async #listing(
    tree: MergedTree,
    source: MergedTree,
    hides: readonly ByteString[]
  ): Promise<Listing | undefined> {
    if (hides.some((path) => tree.has(path))) return undefined
    const entries = stackedListing(tree, source, this.#epoch)
    return entries === undefined ? undefined : this.#lookedUp(entries)
  }

  /** Looks up in the files what listings do not tell: exact times, equal contents. */
  async #lookedUp(entries: readonly StackedEntry[]): Promise<Listing> {
    if (!entries.some(({ compare, timeUnknown }) => compare || timeUnknown)) {
      return entries.map(({ entry }) => entry)
    }
    const files = bytesOfText(await this.#snapshots.view(this.#from))
    const compares = entries.some(({ compare }) => compare)
    const filesBelow = compares ? bytesOfText(await this.#snapshots.view(this.#below)) : ''
    const capabilities = this.#snapshots.capabilities(this.#below)
    return entries.map(({ entry, timeUnknown, compare }): TreeEntry => {
      const file = join(files, entry.path)
      const same =
        compare &&
        capabilities.get(entry.path) === entry.capability &&
        isSameFile(join(filesBelow, entry.path), file)
      const facts = timeUnknown ? factsOf(file) : undefined
      const time = facts === undefined ? {} : loweredTime(facts.seconds, this.#epoch)
      return { ...entry, recorded: entry.recorded && !same, ...time }
    })
  }
}
