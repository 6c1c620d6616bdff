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
import { exportLayer } from '../../../src/build/image/export-layer.js'
import { SnapshotStore } from '../../../src/build/snapshot/snapshot-store.js'
import { openSession } from '../../../src/build/store/session.js'
import { openStore } from '../../../src/build/store/store.js'
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
    let chain: Parameters<SnapshotStore['write']>[0] = []
    const applied = session.next('applied')
    mkdirSync(applied)
    for (const actions of steps) {
      const tree = await snapshots.write(chain)
      for (const action of actions) attempt(tree.root, action)
      chain = await tree.commit()
      await applyLayer(snapshots, session.next('layer'), chain, applied)
    }
    effects.push({ seen: linesOf(await snapshots.view(chain)), applied: linesOf(applied) })
  }
  await snapshots.close()
  return effects
}

/** Lays a layer over a folder as the OCI image specification says, knowing nothing of snapshots. */
async function applyLayer(
  snapshots: SnapshotStore,
  file: string,
  chain: readonly `sha256:${string}`[],
  folder: string
): Promise<void> {
  const top = chain.at(-1)
  if (top === undefined) throw new Error('no snapshot')
  await exportLayer(file, snapshots.files(top), snapshots.listing(top))
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
  unlinkSync(file)
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
