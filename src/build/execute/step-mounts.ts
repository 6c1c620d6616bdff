import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOfText, textOfBytes } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'
import type { CacheMount, RunMount, RunStep, StepSource } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'
import { resolveInRoot } from '../copy/resolve.js'
import type { SandboxMount } from '../run/sandbox.js'
import { factsOf } from '../snapshot/file-facts.js'
import { type Chain, chainDigest } from '../snapshot/snapshot-store.js'
import { executeCopy } from './copy-step.js'
import {
  type SourceMount,
  contextCopy,
  mountedContextPath,
  sourceMounts
} from './mounted-context.js'
import { placeOf } from './place.js'
import type { StepEnvironment } from './step-environment.js'

/** What the mounts of one RUN show, found before it is known whether the step has to run at all. */
export class StepMounts {
  readonly #environment: StepEnvironment
  readonly #step: RunStep
  readonly #trees: ReadonlyMap<RunMount, MountedTree>
  readonly #cleanUps: (() => Promise<void>)[] = []

  private constructor(
    environment: StepEnvironment,
    step: RunStep,
    trees: ReadonlyMap<RunMount, MountedTree>
  ) {
    this.#environment = environment
    this.#step = step
    this.#trees = trees
  }

  /** @throws BuildError `build/copy-missing`, `sandbox/no-secret` */
  static async find(environment: StepEnvironment, step: RunStep): Promise<StepMounts> {
    refuseSecrets(step)
    const trees = new Map<RunMount, MountedTree>()
    for (const mount of sourceMounts(step)) {
      trees.set(mount, await mountedTree(environment, step, mount))
    }
    return new StepMounts(environment, step, trees)
  }

  /** Names the contents of all that is mounted. */
  identity(): readonly string[] {
    return [...this.#trees.values()].map(({ chain }) => chainDigest(chain))
  }

  /** Makes everything ready to be mounted; one below another comes after it. */
  async open(): Promise<SandboxMount[]> {
    const mounts: SandboxMount[] = []
    for (const mount of this.#step.mounts) {
      const opened = await this.#open(mount)
      if (opened !== undefined) mounts.push(opened)
    }
    return mounts.sort((a, b) => byCodeUnit(a.target, b.target))
  }

  /** Drops what was written into mounts. */
  async close(): Promise<void> {
    for (const cleanUp of this.#cleanUps.splice(0)) await cleanUp()
  }

  async #open(mount: RunMount): Promise<SandboxMount | undefined> {
    const { target } = mount
    // A secret that may be missing is missing: there is no way to give one.
    if (mount.type === 'secret' || target === undefined) return undefined
    if (mount.type === 'tmpfs') {
      return { kind: 'tmpfs', target, ...(mount.size === undefined ? {} : { size: mount.size }) }
    }
    const writable = !mount.readOnly
    return { kind: 'bind', source: await this.#source(mount), target, writable }
  }

  async #source(mount: SourceMount): Promise<string> {
    const tree = this.#trees.get(mount) ?? { chain: [], path: '/' }
    if (mount.type === 'cache' && startsEmpty(mount)) return this.#emptyFolder(mount)
    if (mount.readOnly) {
      return this.#existing(await this.#environment.snapshots.view(tree.chain), mount, tree)
    }
    const writable = await this.#environment.snapshots.write(tree.chain)
    this.#cleanUps.push(writable.discard)
    return this.#existing(writable.root, mount, tree)
  }

  #emptyFolder({ mode, uid, gid }: CacheMount): string {
    const folder = this.#environment.session.next('cache')
    mkdirSync(folder)
    chownSync(folder, uid ?? 0, gid ?? 0)
    chmodSync(folder, mode ?? 0o755)
    this.#cleanUps.push(() => {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    })
    return folder
  }

  /** The mounted path, with links followed inside its tree, which is whoever's made it. */
  #existing(root: string, { source }: SourceMount, tree: MountedTree): string {
    const path = join(root, textOfBytes(resolveInRoot(bytesOfText(root), bytesOfText(tree.path))))
    if (factsOf(bytesOfText(path)) !== undefined) return path
    throw new BuildError('build/copy-missing', `there is no "${source}" to mount`, {
      where: placeOf(this.#step.position),
      expected: 'a file or folder of that name in what the mount is from'
    })
  }
}

/** What a mount shows: a path in a tree. */
interface MountedTree {
  readonly chain: Chain
  readonly path: string
}

async function mountedTree(
  environment: StepEnvironment,
  step: RunStep,
  mount: SourceMount
): Promise<MountedTree> {
  const { from, source } = mount
  if (isContext(from)) {
    const { chain } = await executeCopy(environment, [], contextCopy(step, mount))
    return { chain, path: mountedContextPath }
  }
  const tree = await environment.readTree(from)
  return { chain: tree.kind === 'snapshots' ? tree.chain : [], path: source }
}

function isContext(from: StepSource): boolean {
  return from.kind === 'context' || from.kind === 'named-context'
}

/**
 * A cache from nothing begins as an empty folder of its own in every step, and is gone after it: what an
 * earlier build left in it would be an input that nothing declares.
 */
function startsEmpty({ from, source }: CacheMount): boolean {
  return from.kind === 'scratch' && source === '/'
}

function refuseSecrets(step: RunStep): void {
  const secret = step.mounts.find((mount) => mount.type === 'secret' && mount.required)
  if (secret?.type !== 'secret') return
  throw new BuildError('sandbox/no-secret', `the secret "${secret.id}" cannot be given`, {
    where: placeOf(step.position),
    expected: 'a step whose result anybody can make again',
    hint: 'what depends on a secret cannot be reproduced; without required=true it is left out'
  })
}
