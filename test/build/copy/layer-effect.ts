import {
  chmodSync,
  createReadStream,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ImageLayer } from '../../../src/build/image/built-image.js'
import { exportLayer } from '../../../src/build/image/export-layer.js'
import { unpackLayer, unpackSnapshot } from '../../../src/build/image/unpack-layer.js'
import { settleTimes, unpackedInPlace } from '../../../src/build/image/unpacked-in-place.js'
import { type Listing, encodeListing } from '../../../src/build/snapshot/listing.js'
import {
  type Chain,
  type FilledFolder,
  SnapshotStore
} from '../../../src/build/snapshot/snapshot-store.js'
import { openSession } from '../../../src/build/store/session.js'
import { openStore } from '../../../src/build/store/store.js'
import { type Digest, sha256 } from '../../../src/oci/digest.js'
import { gunzip } from '../../../src/oci/gzip/decompress.js'
import { readTar } from '../../../src/oci/tar/reader.js'
import { type Action, attempt } from './tree-actions.js'

// The program that runs in a user namespace: it makes snapshots by what it is told, and tells what each tree
// looks like in the build and where its layers were laid over each other.

/** Each step is a list of actions. */
export interface Task {
  readonly home: string
  readonly builds: readonly (readonly (readonly Action[])[])[]
}

/** The trees of a build, a line for each entry. */
export interface Effect {
  readonly seen: readonly string[]
  readonly applied: readonly string[]
  /** The listings of what the layers unpack to: from their blobs, and from the snapshots they were made of. */
  readonly unpacked: readonly [blobs: string[], snapshots: string[]]
  /** The last step: its layer unpacked from the blob, and its own files as they are made to be the same. */
  readonly last: { readonly blob: string; readonly inPlace: string | undefined }
}

const epoch = 1

process.umask(0o022)
process.once('message', (task) => {
  perform(task as Task).then(
    (effects) => {
      process.send?.({ effects })
      process.disconnect()
    },
    (error: unknown) => {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) })
      process.disconnect()
    }
  )
})

async function perform({ home, builds }: Task): Promise<Effect[]> {
  const store = openStore(home, 'test')
  const session = openSession(store.sessions, 'test', epoch)
  const snapshots = new SnapshotStore(store, session, epoch)
  const effects: Effect[] = []
  for (const steps of builds) {
    let chain: Chain = []
    const applied = session.next('applied')
    mkdirSync(applied)
    const unpacked: [string[], string[]] = [[], []]
    let last: Digest = 'sha256:'
    for (const actions of steps) {
      const tree = await snapshots.write(chain)
      for (const action of actions) attempt(tree.root, action)
      chain = await tree.commit()
      const file = session.next('layer')
      const layer = await exportTop(snapshots, file, chain)
      await applyLayer(file, applied)
      unpacked[0].push(await unpackedListing(snapshots, (to) => unpackLayer(file, layer, to)))
      unpacked[1].push(
        await unpackedListing(snapshots, (to) => {
          const top = topOf(chain)
          return unpackSnapshot(snapshots.files(top), snapshots.listing(top), to)
        })
      )
      last = await snapshots.create(sha256(String(++origins)), (to) => unpackLayer(file, layer, to))
      unlinkSync(file)
    }
    const seen = linesOf(await snapshots.view(chain))
    const blob = exactly(snapshots.files(last), snapshots.listing(last))
    const inPlace = await settled(snapshots, topOf(chain))
    effects.push({ seen, applied: linesOf(applied), unpacked, last: { blob, inPlace } })
  }
  await snapshots.close()
  return effects
}

function topOf(chain: Chain): Digest {
  const top = chain.at(-1)
  if (top === undefined) throw new Error('no snapshot')
  return top
}

async function exportTop(
  snapshots: SnapshotStore,
  file: string,
  chain: Chain
): Promise<ImageLayer> {
  const top = topOf(chain)
  const layer = await exportLayer(file, snapshots.files(top), snapshots.listing(top))
  const { digest, size, diffId } = layer
  return { descriptor: { mediaType: '', digest, size }, diffId }
}

/** The snapshot's own files, made to be what its layer unpacks to; undefined where they cannot be. */
async function settled(snapshots: SnapshotStore, snapshot: Digest): Promise<string | undefined> {
  const folder = snapshots.files(snapshot)
  const listing = await unpackedInPlace(folder, snapshots.listing(snapshot))
  if (listing === undefined) return undefined
  settleTimes(folder, listing)
  return exactly(folder, listing)
}

/** A listing, and all that the files themselves tell, times to the nanosecond. */
function exactly(folder: string, listing: Listing): string {
  const files = listing.map(({ path }) => {
    const { mode, uid, gid, nlink, mtimeNs } = lstatSync(join(folder, path), { bigint: true })
    return `${path} ${[mode, uid, gid, nlink, mtimeNs].join(' ')}`
  })
  return `${encodeListing(listing)}${files.join('\n')}`
}

let origins = 0

async function unpackedListing(
  snapshots: SnapshotStore,
  fill: (folder: string) => Promise<FilledFolder>
): Promise<string> {
  const snapshot = await snapshots.create(sha256(String(++origins)), fill)
  return encodeListing(snapshots.listing(snapshot))
}

/** Lays a layer over a folder as the OCI image specification says, knowing nothing of snapshots. */
async function applyLayer(file: string, folder: string): Promise<void> {
  for await (const { entry, content } of readTar(gunzip(createReadStream(file), Infinity))) {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(Uint8Array.from(piece))
    const path = join(folder, entry.path)
    const name = basename(path)
    if (name.startsWith('.wh.')) {
      rmSync(join(dirname(path), name.slice('.wh.'.length)), { recursive: true })
      continue
    }
    const there = lstatSync(path, { throwIfNoEntry: false })
    const merges = there?.isDirectory() === true && entry.type === 'directory'
    if (there !== undefined && !merges) rmSync(path, { recursive: true })
    if (entry.type === 'directory') mkdirSync(path, { recursive: true })
    else if (entry.type === 'symlink') symlinkSync(entry.linkname ?? '', path)
    else if (entry.type === 'hardlink') linkSync(join(folder, entry.linkname ?? ''), path)
    else writeFileSync(path, Buffer.concat(pieces))
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, entry.mode)
    if (entry.type !== 'directory') lutimesSync(path, entry.mtime, entry.mtime)
  }
}

/** All that a layer keeps, but for times of folders and which names are one file. */
function linesOf(root: string, path = ''): string[] {
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => {
      const own = path === '' ? name : `${path}/${name}`
      const stat = lstatSync(join(root, own))
      const mode = (stat.mode & 0o7777).toString(8)
      const time = Math.min(Math.floor(stat.mtimeMs / 1000), epoch)
      if (stat.isDirectory()) return [`${own}/ ${mode}`, ...linesOf(root, own)]
      if (stat.isSymbolicLink()) return [`${own} -> ${readlinkSync(join(root, own))} ${time}`]
      return [`${own} ${mode} ${time} ${readFileSync(join(root, own), 'utf8')}`]
    })
}
