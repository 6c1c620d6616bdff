import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { type Digest, hexOf, sha256 } from '../../oci/digest.js'
import { type ByteString, bytesOfText } from '../../base/byte-string.js'
import { replaceFile } from '../../base/write-file.js'
import { nextInMemory } from '../run/memory-folder.js'
import { hold } from '../store/held.js'
import { type Session, bootId } from '../store/session.js'
import type { Store } from '../store/store.js'
import { listChanges } from './difference.js'
import { type Capabilities, findCapabilities, noCapabilities } from './file-capability.js'
import {
  type Listing,
  decodeListing,
  encodeListing,
  isTreeEntry,
  snapshotDigest
} from './listing.js'
import { type Mount, mountOverlay } from './overlay.js'
import { Removals } from './removals.js'
import { MergedTrees } from './merged-trees.js'
import { readStack, writeStack } from './stack-file.js'
import { isIntact } from './verify-snapshot.js'

/** A file tree as the snapshots that make it, lowest first; empty is the empty tree. */
export type Chain = readonly Digest[]

/** Names a file tree by the snapshots that make it. */
export function chainDigest(chain: Chain): Digest {
  return sha256(`stagex chain 1\n${chain.join('\n')}`)
}

/** A tree that may be written to, until it is committed or discarded. */
export interface WritableTree {
  /** Where the tree is mounted. */
  readonly root: string
  /** The capabilities of files that were changed, by path, in hexadecimal; whoever changes files fills it. */
  readonly capabilities: Map<ByteString, string>
  /** Finds the capabilities of all that was changed, for programs tell nobody. */
  readonly findCapabilities: () => Promise<void>
  /**
   * Ends writing and keeps what changed; returns the chain with the new snapshot on top.
   * @param use tells apart snapshots that are used differently, though they are the same
   */
  readonly commit: (use?: string) => Promise<Chain>
  /** Ends writing and drops what changed. */
  readonly discard: () => Promise<void>
}

/** What is known of files that were put into a folder. */
export interface FilledFolder {
  readonly capabilities: Capabilities
  /** The contents of regular files, by path. */
  readonly contents: ReadonlyMap<ByteString, Digest>
}

/** The snapshots of a store, seen from inside the user namespace. */
export class SnapshotStore {
  readonly #store: Store
  readonly #session: Session
  readonly #epoch: number
  readonly #boot = bootId()
  readonly #views = new Map<string, Promise<Mount>>()
  readonly #withCapabilities = new Map<Digest, boolean>()
  /** The trees that chains make, as their listings tell it. */
  readonly trees = new MergedTrees((digest) => this.listing(digest))
  readonly #removals: Removals
  readonly #knownParts = new Map<Digest, readonly Digest[]>()

  /** @param epoch seconds; see {@link listChanges} */
  constructor(store: Store, session: Session, epoch: number) {
    this.#store = store
    this.#session = session
    this.#epoch = epoch
    this.#removals = new Removals(session)
  }

  /**
   * Whether the snapshot is there and can be used. One that was made before the machine's last start is
   * read and compared with its listing first, because a crash may have kept a name and lost the content;
   * a damaged one is removed.
   */
  has(digest: Digest): boolean {
    const seen = join(this.#folder(digest), 'boot')
    hold(this.#session, digest, seen)
    if (!existsSync(this.#listingFile(digest))) return false
    const isSeen = existsSync(seen) && readFileSync(seen, 'utf8') === this.#boot
    if (!(isSeen ? this.#hasParts(digest) : this.#isIntact(digest))) {
      this.#drop(digest)
      return false
    }
    if (!isSeen) replaceFile(seen, this.#boot, this.#session.next('boot'))
    return true
  }

  /** Removes a snapshot that turned out to be damaged, with those whose files it shows. */
  remove(digest: Digest): void {
    try {
      for (const part of this.#parts(digest)) this.#drop(part)
    } finally {
      this.#drop(digest)
    }
  }

  /** The snapshots with files of their own that make a tree, lowest first, each once. */
  parts(chain: Chain): readonly Digest[] {
    const parts = chain.flatMap((digest) => this.#parts(digest))
    // Where one comes twice, its files in the upper place hide all that the lower place shows.
    return [...new Set(parts.reverse())].reverse()
  }

  /** The files of a snapshot that has some of its own: an overlay's upper folder. */
  files(part: Digest): string {
    return join(this.#folder(part), 'fs')
  }

  /** What the snapshot changed. */
  listing(digest: Digest): Listing {
    const file = this.#listingFile(digest)
    return decodeListing(readFileSync(file, 'utf8'), file)
  }

  /** The capabilities of a tree's files, by path. */
  capabilities(chain: Chain): Capabilities {
    if (!chain.some((digest) => this.#hasCapabilities(digest))) return noCapabilities
    const found = new Map<ByteString, string>()
    for (const entry of chain.flatMap((digest) => this.listing(digest))) {
      const value = isTreeEntry(entry) ? entry.capability : undefined
      if (value === undefined) found.delete(entry.path)
      else found.set(entry.path, value)
    }
    return found
  }

  #hasCapabilities(digest: Digest): boolean {
    const known = this.#withCapabilities.get(digest)
    if (known !== undefined) return known
    const found = readFileSync(this.#listingFile(digest)).includes('"capability":')
    this.#withCapabilities.set(digest, found)
    return found
  }

  /** A folder that shows the whole tree, to be read only; it stays until the session ends. */
  async view(chain: Chain): Promise<string> {
    const layers = this.#layers(chain)
    if (layers.length === 1) return layers[0] ?? ''
    const key = layers.join(':')
    const mount = this.#views.get(key) ?? mountOverlay(this.#place('view'), layers)
    this.#views.set(key, mount)
    return (await mount).path
  }

  /** Begins to make a tree's folder, which will be needed. */
  foresee(chain: Chain): void {
    // Whoever needs it hears of a failure.
    this.view(chain).catch(() => undefined)
  }

  /** Makes the tree such that it can be written to; the chain itself never changes. */
  async write(chain: Chain): Promise<WritableTree> {
    const scratch = this.#scratch('step')
    const upper = join(scratch, 'fs')
    mkdirSync(upper)
    sameRoot(chain.length === 0 ? undefined : this.#layers(chain).at(-1), upper)
    // On nothing, there is nothing to lay the new files over.
    const mount = chain.length === 0 ? unmounted(upper) : await this.#mount(chain, scratch)
    const capabilities = new Map<ByteString, string>()
    return {
      root: mount.path,
      capabilities,
      findCapabilities: async () => {
        const found = await findCapabilities(bytesOfText(upper))
        for (const [path, value] of found) capabilities.set(path, value)
      },
      commit: (use) => this.#commit(chain, scratch, mount, capabilities, use),
      discard: async () => {
        await mount.unmount()
        this.#removals.drop(scratch)
      }
    }
  }

  /**
   * Makes a snapshot of files that come from elsewhere.
   * @param origin names where from; part of the snapshot's digest
   * @param fill puts the files, and overlay whiteouts where names are removed, into an empty folder
   */
  async create(origin: Digest, fill: (folder: string) => Promise<FilledFolder>): Promise<Digest> {
    const scratch = this.#scratch('layer')
    const upper = join(scratch, 'fs')
    mkdirSync(upper)
    chmodSync(upper, 0o755)
    const { capabilities, contents } = await fill(upper)
    const files = bytesOfText(upper)
    const tree = {
      upper: files,
      base: undefined,
      merged: files,
      capabilities,
      capabilitiesBelow: noCapabilities,
      contents
    }
    return this.#publish(scratch, origin, listChanges(tree, this.#epoch))
  }

  /**
   * Makes a snapshot of a tree that lies in the store already, without copying it. To be used only where
   * that is the same as a copy.
   * @param below names what it is laid over, or where it comes from
   * @param from the tree
   * @param listing what a copy would list
   */
  stack(below: Digest, from: Chain, listing: Listing): Digest {
    const scratch = this.#scratch('stack')
    writeStack(scratch, { below, snapshots: this.parts(from) })
    return this.#publish(scratch, below, listing)
  }

  /** Waits until what was dropped is gone. Views stay mounted as long as the session's memory. */
  close(): Promise<void> {
    return this.#removals.done()
  }

  #mount(chain: Chain, scratch: string): Promise<Mount> {
    const work = join(scratch, 'work')
    mkdirSync(work)
    return mountOverlay(this.#place('step'), this.#layers(chain), {
      upper: join(scratch, 'fs'),
      work
    })
  }

  async #commit(
    chain: Chain,
    scratch: string,
    mount: Mount,
    capabilities: Capabilities,
    use: string | undefined
  ): Promise<Chain> {
    const tree = {
      upper: bytesOfText(join(scratch, 'fs')),
      base: chain.length === 0 ? undefined : bytesOfText(await this.view(chain)),
      merged: bytesOfText(mount.path),
      capabilities,
      capabilitiesBelow: this.capabilities(chain)
    }
    const changes = listChanges(tree, this.#epoch)
    await mount.unmount()
    const below = use === undefined ? chainDigest(chain) : sha256(`${use}\n${chainDigest(chain)}`)
    return [...chain, this.#publish(scratch, below, changes)]
  }

  /** Gives the finished folder its name. Who comes second drops its own, which says the same. */
  #publish(scratch: string, below: Digest, listing: Listing): Digest {
    const text = encodeListing(listing)
    const digest = snapshotDigest(below, text)
    writeFileSync(join(scratch, 'changes'), text, { flag: 'wx' })
    writeFileSync(join(scratch, 'boot'), this.#boot, { flag: 'wx' })
    this.#removals.drop(join(scratch, 'work'))
    hold(this.#session, digest, join(scratch, 'boot'))
    try {
      renameSync(scratch, this.#folder(digest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
      this.#removals.drop(scratch)
    }
    return digest
  }

  #isIntact(digest: Digest): boolean {
    try {
      const stack = readStack(this.#folder(digest))
      if (stack === undefined)
        return isIntact(bytesOfText(this.files(digest)), this.listing(digest))
      const text = readFileSync(this.#listingFile(digest), 'utf8')
      return snapshotDigest(stack.below, text) === digest && this.#hasParts(digest)
    } catch {
      return false
    }
  }

  #hasParts(digest: Digest): boolean {
    try {
      const stack = readStack(this.#folder(digest))
      return stack?.snapshots.every((part) => this.has(part)) ?? true
    } catch {
      return false
    }
  }

  #parts(digest: Digest): readonly Digest[] {
    const known = this.#knownParts.get(digest)
    if (known !== undefined) return known
    const parts = readStack(this.#folder(digest))?.snapshots ?? [digest]
    this.#knownParts.set(digest, parts)
    return parts
  }

  #drop(digest: Digest): void {
    // The listing goes first: without it, nobody takes the rest for a snapshot.
    rmSync(this.#listingFile(digest), { force: true })
    rmSync(this.#folder(digest), { recursive: true, force: true })
    this.#knownParts.delete(digest)
  }

  /** Folders to be mounted over each other: at least one, lowest first. */
  #layers(chain: Chain): string[] {
    if (chain.length > 0) return this.parts(chain).map((part) => this.files(part))
    const empty = join(this.#session.folder, 'empty')
    mkdirSync(empty, { recursive: true })
    chmodSync(empty, 0o755)
    return [empty]
  }

  #scratch(purpose: string): string {
    const folder = this.#session.next(purpose)
    mkdirSync(folder)
    return folder
  }

  /** For a mount point. */
  #place(purpose: string): string {
    const folder = nextInMemory(this.#session, purpose)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  #folder(digest: Digest): string {
    return join(this.#store.snapshots, hexOf(digest))
  }

  #listingFile(digest: Digest): string {
    return join(this.#folder(digest), 'changes')
  }
}

/** The root of a mounted overlay shows the upper folder's owner and mode, so they are carried over. */
function sameRoot(below: string | undefined, upper: string): void {
  if (below === undefined) return
  const { uid, gid, mode } = lstatSync(below)
  chownSync(upper, uid, gid)
  chmodSync(upper, mode & 0o7777)
}

function unmounted(path: string): Mount {
  return { path, unmount: () => Promise.resolve() }
}
