import { bytesOfText } from '../../base/byte-string.js'
import type { CopyStep } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'
import { unpackIfArchive } from '../copy/archive/unpack-source.js'
import { readableError } from '../copy/copy-error.js'
import { type CopyOptions, copyInto } from '../copy/copy-tree.js'
import { inlineSources } from '../copy/inline-sources.js'
import { modeChange } from '../copy/mode-change.js'
import { ownerNamed } from '../copy/owner.js'
import type { SourceTree } from '../copy/select-sources.js'
import { type Capabilities, noCapabilities } from '../snapshot/file-capability.js'
import { type Chain, type WritableTree, chainDigest } from '../snapshot/snapshot-store.js'
import { cachedStep, changedTree } from './cached-step.js'
import { fetchRemote } from './fetch-remote.js'
import { placeOf } from './place.js'
import { selectedDigest, selectedSources } from './selected-sources.js'
import type { ReadTree, StepEnvironment, StepResult } from './step-environment.js'
import { stackedCopy } from './stacked-copy.js'
import { stepIdentity } from './step-identity.js'

/** Executes COPY and ADD. */
export async function executeCopy(
  environment: StepEnvironment,
  chain: Chain,
  step: CopyStep
): Promise<StepResult> {
  const from = await environment.readTree(step.from)
  const inputs = (): string => inputDigest(environment, from, step)
  const before = inputs()
  // --link copies onto nothing, and what comes out is laid over the tree whatever that holds. With --chmod
  // it has no effect.
  const below = step.link && step.chmod === undefined ? [] : chain
  const identity = [...stepIdentity(step), before]
  const copy = async (tree: WritableTree): Promise<void> => {
    await copyFrom(environment, tree, from, step)
    if (inputs() !== before) throw changedMeanwhile(step)
  }
  const { chain: result, cached } = await cachedStep(environment, below, identity, async () => {
    const stacked = await stacksIfSame(environment, below, from, step)
    return stacked ?? changedTree(environment, below, copy)
  })
  return { chain: [...chain, ...result.slice(below.length)], cached }
}

async function stacksIfSame(
  environment: StepEnvironment,
  below: Chain,
  from: ReadTree,
  step: CopyStep
): Promise<Chain | undefined> {
  if (from.kind === 'folder') return undefined
  return stackedCopy(environment, below, from.chain, step)
}

/** A tree to copy from that is there to be read. */
interface OpenSource {
  readonly tree: SourceTree
  /** Whether it is a context, whose files belong to root. */
  readonly isContext: boolean
  readonly capabilities: Capabilities
}

function inputDigest(environment: StepEnvironment, from: ReadTree, step: CopyStep): string {
  if (from.kind === 'snapshots') return chainDigest(from.chain)
  return selectedDigest(from.tree, step, environment.epoch)
}

async function openSource({ snapshots }: StepEnvironment, from: ReadTree): Promise<OpenSource> {
  if (from.kind === 'folder') {
    const { tree } = from
    // What sends a context to BuildKit leaves capabilities behind.
    return { tree, isContext: true, capabilities: noCapabilities }
  }
  const root = bytesOfText(await snapshots.view(from.chain))
  const label = 'the image or stage it is copied from'
  const capabilities = snapshots.capabilities(from.chain)
  return { tree: { root, label, includes: () => true }, isContext: false, capabilities }
}

async function copyFrom(
  environment: StepEnvironment,
  tree: WritableTree,
  from: ReadTree,
  step: CopyStep
): Promise<void> {
  const source = await openSource(environment, from)
  try {
    await copyAll(environment, tree, source, step)
  } catch (error) {
    throw readableError(error, placeOf(step.position))
  }
}

async function copyAll(
  environment: StepEnvironment,
  tree: WritableTree,
  source: OpenSource,
  step: CopyStep
): Promise<void> {
  const root = bytesOfText(tree.root)
  const destination = bytesOfText(step.destination)
  const options = { ...copyOptions(root, step), capabilities: source.capabilities }
  const { remote } = step
  const fetched = remote === undefined ? [] : [await fetchRemote(environment, step, remote)]
  for (const each of [...fetched, ...selectedSources(source.tree, step)]) {
    const { owner } = options
    if (step.unpack && (await unpackIfArchive(tree, destination, each, owner))) continue
    await copyInto(tree, destination, each, { ...options, ownedByRoot: source.isContext })
  }
  for (const each of inlineSources(environment, step.inlineFiles)) {
    await copyInto(tree, destination, each, { ...options, ownedByRoot: true })
  }
}

function copyOptions(root: string, step: CopyStep): Pick<CopyOptions, 'owner' | 'mode'> {
  const { chmod, chown, position } = step
  return {
    owner: chown === undefined ? undefined : ownerNamed(root, chown, placeOf(position)),
    mode: chmod === undefined ? undefined : modeChange(chmod)
  }
}

function changedMeanwhile(step: CopyStep): BuildError {
  return new BuildError('build/copy-failed', 'the files to copy changed while they were copied', {
    where: placeOf(step.position),
    hint: 'build again when nothing writes to them'
  })
}
