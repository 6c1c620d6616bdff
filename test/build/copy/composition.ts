import { lstatSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOfText } from '../../../src/base/byte-string.js'
import { copyInto } from '../../../src/build/copy/copy-tree.js'
import { changedTree } from '../../../src/build/execute/cached-step.js'
import { stackedCopy } from '../../../src/build/execute/stacked-copy.js'
import type { StepEnvironment } from '../../../src/build/execute/step-environment.js'
import { exportLayer } from '../../../src/build/image/export-layer.js'
import { encodeListing } from '../../../src/build/snapshot/listing.js'
import { type Chain, SnapshotStore } from '../../../src/build/snapshot/snapshot-store.js'
import type { Digest } from '../../../src/oci/digest.js'
import { openSession } from '../../../src/build/store/session.js'
import { openStore } from '../../../src/build/store/store.js'
import type { CopyStep } from '../../../src/containerfile/step.js'
import { type Action, attempt } from './tree-actions.js'

// The program that runs in a user namespace: it copies trees onto others in both ways, and tells what came
// out.

/** A tree, another one to be copied onto it, and what a step does afterwards. */
export interface Case {
  readonly below: readonly (readonly Action[])[]
  readonly from: readonly (readonly Action[])[]
  readonly after: readonly Action[]
  readonly link: boolean
}

/** Two stores, for equal snapshots have equal names. */
export interface Task {
  readonly homes: readonly [string, string]
  readonly cases: readonly Case[]
}

/** What came out of a copy and of the step after it. */
export interface Outcome {
  readonly listings: readonly string[]
  readonly layers: readonly string[]
  readonly seen: readonly string[]
}

/** Undefined: it could not be done in this way. */
export interface Outcomes {
  readonly stacked: Outcome | undefined
  readonly copied: Outcome | undefined
}

/** Trees are made at an earlier epoch than they are copied. */
const epochs = { before: 1, now: 10 }

process.umask(0o022)
process.once('message', (task) => {
  perform(task as Task).then(
    (outcomes) => {
      process.send?.({ outcomes })
      process.disconnect()
    },
    (error: unknown) => {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) })
      process.disconnect()
    }
  )
})

async function perform({ homes, cases }: Task): Promise<Outcomes[]> {
  const [stacking, copying] = homes.map((home) => new Bench(home))
  if (stacking === undefined || copying === undefined) throw new Error('two stores are needed')
  const outcomes: Outcomes[] = []
  for (const each of cases) {
    outcomes.push({
      stacked: await stacking.outcome(each, stack),
      copied: await copying.outcome(each, copy)
    })
  }
  await Promise.all([stacking.close(), copying.close()])
  return outcomes
}

type Way = (
  environment: StepEnvironment,
  below: Chain,
  from: Chain,
  link: boolean
) => Promise<Chain | undefined>

const stack: Way = (environment, below, from, link) => {
  const step = { sources: ['.'], destination: '/', inlineFiles: [], exclude: [], link }
  return stackedCopy(environment, below, from, step as unknown as CopyStep)
}

const copy: Way = async (environment, below, from) => {
  const { snapshots } = environment
  const root = bytesOfText(await snapshots.view(from))
  const source = { root, path: '', name: '', includes: () => true, choice: {} }
  const options = { owner: undefined, mode: undefined, ownedByRoot: false }
  const capabilities = snapshots.capabilities(from)
  try {
    return await changedTree(environment, below, (tree) =>
      copyInto(tree, '/', source, { ...options, capabilities })
    )
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    return undefined
  }
}

class Bench {
  readonly #before: SnapshotStore
  readonly #snapshots: SnapshotStore
  readonly #environment: StepEnvironment

  constructor(home: string) {
    const store = openStore(home, 'test')
    const session = openSession(store.sessions, 'test', 1)
    this.#before = new SnapshotStore(store, session, epochs.before)
    this.#snapshots = new SnapshotStore(store, session, epochs.now)
    this.#environment = {
      store,
      session,
      snapshots: this.#snapshots,
      epoch: epochs.now
    } as unknown as StepEnvironment
  }

  async outcome({ below, from, after, link }: Case, way: Way): Promise<Outcome | undefined> {
    const start = await this.#chain(below)
    const onto = link ? [] : start
    const copied = await way(this.#environment, onto, await this.#chain(from), link)
    if (copied === undefined) return undefined
    const chain = [...start, ...copied.slice(onto.length)]
    const end = await changedTree(this.#environment, chain, (tree) => {
      for (const action of after) attempt(tree.root, action)
      return Promise.resolve()
    })
    return {
      listings: [chain, end].map((each) => encodeListing(this.#snapshots.listing(topOf(each)))),
      layers: [await this.#layer(topOf(chain)), await this.#layer(topOf(end))],
      seen: [await this.#seen(chain), await this.#seen(end)].flat()
    }
  }

  async #layer(snapshot: Digest): Promise<Digest> {
    const file = this.#environment.session.next('layer')
    const folder = bytesOfText(await this.#snapshots.view([snapshot]))
    const { diffId } = await exportLayer(file, folder, this.#snapshots.listing(snapshot))
    rmSync(file)
    return diffId
  }

  async #seen(chain: Chain): Promise<string[]> {
    return linesOf(await this.#snapshots.view(chain))
  }

  async #chain(steps: readonly (readonly Action[])[]): Promise<Chain> {
    let chain: Chain = []
    for (const actions of steps) {
      const tree = await this.#before.write(chain)
      for (const action of actions) attempt(tree.root, action)
      chain = await tree.commit()
    }
    return chain
  }

  async close(): Promise<void> {
    await this.#before.close()
    await this.#snapshots.close()
  }
}

function topOf(chain: Chain): Digest {
  const top = chain.at(-1)
  if (top === undefined) throw new Error('no snapshot')
  return top
}

/** All that a program in the tree could see, but for times of folders and inode numbers. */
function linesOf(root: string, path = ''): string[] {
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => {
      const own = path === '' ? name : `${path}/${name}`
      const stat = lstatSync(join(root, own))
      const common = `${own} ${stat.mode.toString(8)} ${stat.uid} ${stat.gid}`
      if (stat.isDirectory()) return [common, ...linesOf(root, own)]
      // Actions through links leave the time of the test.
      const file = `${common} ${stat.nlink} ${Math.min(stat.mtimeMs, 1_500_000_000_000)}`
      if (stat.isSymbolicLink()) return [`${file} -> ${readlinkSync(join(root, own))}`]
      return [`${file} ${readFileSync(join(root, own), 'utf8')}`]
    })
}
