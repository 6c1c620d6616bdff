import { existsSync, lstatSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { digestOfHex } from '../../oci/digest.js'
import { decodeListing, isTreeEntry } from '../snapshot/listing.js'
import { heldDigests } from './held.js'
import type { Store } from './store.js'

/** Something that takes room in the store and can be made or fetched again. */
export interface StoredThing {
  readonly kind: 'blob' | 'snapshot' | 'source'
  /** 64 hexadecimal digits. */
  readonly hex: string
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly lastUsed: number
}

/** What a collection did, or would do. */
export interface Collection {
  /** Bytes in the store before. */
  readonly before: number
  readonly removed: readonly StoredThing[]
  /** Bytes of `removed`. */
  readonly freed: number
}

/** What to collect. */
export interface CollectionOptions {
  /** Bytes that may stay. */
  readonly keep: number
  /** Sessions whose process is gone; what they used is nobody's any more. */
  readonly ended: readonly string[]
  /** Only says what would be removed. */
  readonly dryRun: boolean
}

/**
 * Makes the store no larger than asked, the least recently used things going first, but never what a
 * running build uses. To be called from inside the user namespace, where snapshots can be removed.
 */
export function collectGarbage(store: Store, options: CollectionOptions): Collection {
  const things = storedThings(store)
  const before = things.reduce((sum, { size }) => sum + size, 0)
  const held = heldDigests(store, options.ended)
  const removed: StoredThing[] = []
  let left = before
  for (const thing of things.sort((a, b) => a.lastUsed - b.lastUsed)) {
    if (left <= options.keep) break
    if (held.has(digestOfHex(thing.hex))) continue
    if (!options.dryRun && !removeUnlessUsed(store, thing, options)) continue
    removed.push(thing)
    left -= thing.size
  }
  if (!options.dryRun) removeDanglingRecords(store)
  return { before, removed, freed: before - left }
}

/** A build may have come to use the thing since the list was made; then its time has changed. */
function removeUnlessUsed(store: Store, thing: StoredThing, options: CollectionOptions): boolean {
  const now = lastUsed(thing)
  if (now === undefined || now !== thing.lastUsed) return false
  if (heldDigests(store, options.ended).has(digestOfHex(thing.hex))) return false
  // A snapshot without its listing is none, so that goes first.
  if (thing.kind === 'snapshot') rmSync(join(thing.path, 'changes'), { force: true })
  rmSync(thing.path, { recursive: true, force: true })
  return true
}

function storedThings(store: Store): StoredThing[] {
  return [
    ...filesIn('blob', store.blobs),
    ...filesIn('source', join(store.home, 'sources', 'sha256')),
    ...snapshotsIn(store.snapshots)
  ]
}

function filesIn(kind: StoredThing['kind'], folder: string): StoredThing[] {
  return hexNames(folder).flatMap((hex) => {
    const path = join(folder, hex)
    const stat = lstatSync(path, { throwIfNoEntry: false })
    return stat === undefined ? [] : [{ kind, hex, path, size: stat.size, lastUsed: stat.mtimeMs }]
  })
}

function snapshotsIn(folder: string): StoredThing[] {
  return hexNames(folder).flatMap((hex) => {
    const thing = { kind: 'snapshot', hex, path: join(folder, hex), size: 0, lastUsed: 0 } as const
    const used = lastUsed(thing)
    return used === undefined ? [] : [{ ...thing, size: snapshotSize(thing.path), lastUsed: used }]
  })
}

/** A snapshot's time is that of its mark for the machine's last start, which every use renews. */
function lastUsed({ kind, path }: StoredThing): number | undefined {
  const file = kind === 'snapshot' ? join(path, 'boot') : path
  return lstatSync(file, { throwIfNoEntry: false })?.mtimeMs
}

function snapshotSize(path: string): number {
  const file = join(path, 'changes')
  if (!existsSync(file)) return 0
  const text = readFileSync(file, 'utf8')
  // One that shows the files of others has none of its own.
  if (!existsSync(join(path, 'fs'))) return text.length
  const entries = decodeListing(text, file)
  return entries.reduce(
    (sum, entry) => sum + (isTreeEntry(entry) ? (entry.size ?? 0) : 0),
    text.length
  )
}

function hexNames(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name))
}

/** Records of results that are gone only take room. */
function removeDanglingRecords(store: Store): void {
  const blobs = new Set(hexNames(store.blobs))
  const snapshots = new Set(hexNames(store.snapshots))
  const isThere = (hex: string): boolean => blobs.has(hex) || snapshots.has(hex)
  for (const kind of readdirSync(store.records)) {
    for (const name of readdirSync(join(store.records, kind))) {
      const file = join(store.records, kind, name)
      const json = readFileSync(file, 'utf8').split('\n')[1] ?? ''
      const named = [...json.matchAll(/"(?:snapshot|digest)":"sha256:([0-9a-f]{64})"/g)]
      if (!named.every(([, hex]) => isThere(hex ?? ''))) rmSync(file, { force: true })
    }
  }
}
