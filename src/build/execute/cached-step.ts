import type { Digest } from '../../oci/digest.js'
import { sha256 } from '../../oci/digest.js'
import { type Chain, type WritableTree, chainDigest } from '../snapshot/snapshot-store.js'
import { readRecord, writeRecord } from '../store/record.js'
import type { StepEnvironment, StepResult } from './step-environment.js'

/**
 * Executes a step unless its result is known.
 * @param identity all that the step's result depends on beside `chain`, as plain JSON data in a fixed
 * order: the same identity on the same tree gives the same snapshot
 * @param execute makes the step's snapshot on the chain
 */
export async function cachedStep(
  environment: StepEnvironment,
  chain: Chain,
  identity: readonly unknown[],
  execute: () => Promise<Chain>
): Promise<StepResult> {
  const key = stepKey(chain, [
    ...identity,
    ...(environment.exportedOnly === true ? [exportedUse] : [])
  ])
  const known = environment.useCache ? knownSnapshot(environment, key) : undefined
  if (known !== undefined) return { chain: [...chain, known], cached: true }
  const result = await execute()
  const record: StepRecord = { snapshot: result.at(-1) ?? key }
  writeRecord(environment.store, environment.session, 'step', key, record)
  return { chain: result, cached: false }
}

/**
 * Makes a snapshot by changing a tree.
 * @param change changes the mounted tree; when it throws, nothing is kept
 */
export async function changedTree(
  { snapshots, exportedOnly = false }: StepEnvironment,
  chain: Chain,
  change: (tree: WritableTree) => Promise<void>
): Promise<Chain> {
  // What changed is found by comparing with the tree as it was; both take a mount.
  if (chain.length > 0) snapshots.foresee(chain)
  const tree = await snapshots.write(chain)
  try {
    await change(tree)
  } catch (error) {
    await tree.discard()
    throw error
  }
  return tree.commit(exportedOnly ? exportedUse : undefined)
}

/** The use of a snapshot of which only a layer is made. */
const exportedUse = 'stagex exported 1'

interface StepRecord {
  readonly snapshot: Digest
}

/** Raised whenever a step's identity would mean something else than before. */
const keyVersion = 3

function stepKey(chain: Chain, identity: readonly unknown[]): Digest {
  return sha256(JSON.stringify(['stagex step', keyVersion, chainDigest(chain), ...identity]))
}

function knownSnapshot(environment: StepEnvironment, key: Digest): Digest | undefined {
  const record = readRecord(environment.store, 'step', key) as StepRecord | undefined
  if (record === undefined || !environment.snapshots.has(record.snapshot)) return undefined
  return record.snapshot
}
