import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'
import type { Digest } from '../../oci/digest.js'
import { fileDigest } from './file-digest.js'
import type { Capabilities } from './file-capability.js'
import { type FileFacts, factsOf, isWhiteout, linkTarget } from './file-facts.js'
import type { ListingEntry, TreeEntry } from './listing.js'

/** Folders that show what a step did. */
export interface ChangedTree {
  /** The overlay's upper folder: what the step wrote, whiteouts included. */
  readonly upper: ByteString
  /** What lay below the step; undefined where that was nothing. */
  readonly base: ByteString | undefined
  /** What the step saw at its end. */
  readonly merged: ByteString
  /** Of the files in `upper`. */
  readonly capabilities: Capabilities
  /** Of the files in `base`. */
  readonly capabilitiesBelow: Capabilities
  /** Contents that were hashed when they were written, by path; all others are read. */
  readonly contents?: ReadonlyMap<ByteString, Digest>
}

/**
 * Lists what a step changed, with the rules of BuildKit's overlay differ (docs/format.md, "What a layer
 * records"). Reads the content below `upper`; nothing may write there meanwhile.
 * @param epoch seconds; later modification times are lowered to it
 */
export function listChanges(tree: ChangedTree, epoch: number): ListingEntry[] {
  return new Walk(tree, epoch).listing()
}

class Walk {
  readonly #tree: ChangedTree
  readonly #epoch: number
  readonly #entries: ListingEntry[] = []
  readonly #linkNumbers = new Map<bigint, number>()
  readonly #contents = new Map<bigint, Digest>()

  constructor(tree: ChangedTree, epoch: number) {
    this.#tree = tree
    this.#epoch = epoch
  }

  listing(): ListingEntry[] {
    this.#directory('', this.#tree.base !== undefined)
    return this.#entries
  }

  /** @param below whether the base has a directory at this path, reached through directories only */
  #directory(path: ByteString, below: boolean): void {
    const upper = readNames(join(this.#tree.upper, path))
    const deleted = below ? this.#deletedNames(path) : new Set<ByteString>()
    for (const name of [...new Set([...upper, ...deleted])].sort(byCodeUnit)) {
      const child = path === '' ? name : `${path}/${name}`
      if (deleted.has(name)) this.#entries.push({ path: child, type: 'deleted' })
      if (upper.has(name)) this.#entry(child, below)
    }
  }

  /** Names of the base that the step no longer saw, whether whited out or hidden by an opaque folder. */
  #deletedNames(path: ByteString): Set<ByteString> {
    const left = readNames(join(this.#tree.merged, path))
    const before = readNames(join(this.#tree.base ?? '', path))
    return new Set([...before].filter((name) => !left.has(name)))
  }

  #entry(path: ByteString, parentBelow: boolean): void {
    const file = join(this.#tree.upper, path)
    const facts = factsOf(file)
    if (facts === undefined) throw new Error(`${file} vanished while it was read`)
    if (isWhiteout(facts)) {
      this.#entries.push({ path, type: 'whiteout' })
      return
    }
    const baseFile = parentBelow ? join(this.#tree.base ?? '', path) : undefined
    const baseFacts = baseFile === undefined ? undefined : factsOf(baseFile)
    const { capabilities, capabilitiesBelow } = this.#tree
    const same =
      baseFile !== undefined &&
      baseFacts !== undefined &&
      capabilities.get(path) === capabilitiesBelow.get(path) &&
      isSame(baseFacts, facts, baseFile, file)
    this.#entries.push(this.#treeEntry(path, file, facts, !same))
    if (facts.type === 'directory') this.#directory(path, baseFacts?.type === 'directory')
  }

  #treeEntry(path: ByteString, file: string, facts: FileFacts, recorded: boolean): TreeEntry {
    const { type, mode, uid, gid } = facts
    const common = { path, type, recorded, mode, uid, gid }
    const entry = { ...common, ...loweredTime(facts.seconds, this.#epoch), ...this.#linked(facts) }
    if (type === 'symlink') return { ...entry, target: linkTarget(file) }
    if (type === 'character-device' || type === 'block-device')
      return { ...entry, rdev: facts.rdev }
    if (type !== 'file') return entry
    const capability = this.#tree.capabilities.get(path)
    const content = this.#tree.contents?.get(path) ?? this.#contentOf(file, facts)
    return { ...entry, size: facts.size, content, ...(capability !== undefined && { capability }) }
  }

  #linked(facts: FileFacts): { links?: number } {
    if (facts.type === 'directory' || facts.names < 2) return {}
    const number = this.#linkNumbers.get(facts.inode) ?? this.#linkNumbers.size + 1
    this.#linkNumbers.set(facts.inode, number)
    return { links: number }
  }

  #contentOf(file: string, facts: FileFacts): Digest {
    const known = this.#contents.get(facts.inode)
    if (known !== undefined) return known
    const digest = fileDigest(file, facts.size)
    if (facts.names > 1) this.#contents.set(facts.inode, digest)
    return digest
  }
}

/** Whether a layer leaves a file out because what lies below has the same, capabilities aside. */
export function isSameFile(beforeFile: ByteString, afterFile: ByteString): boolean {
  const before = factsOf(beforeFile)
  const after = factsOf(afterFile)
  if (before === undefined || after === undefined) return false
  return isSame(before, after, beforeFile, afterFile)
}

/**
 * Whether the layer leaves the entry out because the base has the same: equal metadata, time and content.
 * BuildKit compares contents only where both times are whole seconds; where fractions are equal and contents
 * are not, its layer lacks what the build saw, and that is the one thing not done as it does.
 */
function isSame(
  before: FileFacts,
  after: FileFacts,
  beforeFile: string,
  afterFile: string
): boolean {
  const equalMetadata =
    before.type === after.type &&
    before.mode === after.mode &&
    before.uid === after.uid &&
    before.gid === after.gid &&
    before.rdev === after.rdev
  if (!equalMetadata) return false
  if (after.type === 'directory') return true
  if (before.size !== after.size || before.seconds !== after.seconds) return false
  if (fractionKept(before.nanoseconds) !== fractionKept(after.nanoseconds)) return false
  if (after.type === 'symlink') return linkTarget(beforeFile) === linkTarget(afterFile)
  if (after.type !== 'file' || after.size === 0) return true
  return fileDigest(beforeFile, before.size) === fileDigest(afterFile, after.size)
}

/**
 * The part of a second that survives copying: Node sets times as floating-point seconds, exact to the
 * microsecond. Zero stays apart from all others: such a time may have been cut.
 */
function fractionKept(nanoseconds: number): number {
  return nanoseconds === 0 ? -1 : Math.floor(nanoseconds / 1000)
}

/**
 * A time as listings tell it.
 * @param seconds of the file itself
 */
export function loweredTime(seconds: number, epoch: number): { mtime: number; lowered?: true } {
  return seconds > epoch ? { mtime: epoch, lowered: true } : { mtime: seconds }
}

function readNames(folder: ByteString): Set<ByteString> {
  return new Set(readdirSync(fsPath(folder), { encoding: 'latin1' }))
}
