import { rmSync } from 'node:fs'
import { bytesOfText } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import type { WrittenLayer } from '../../oci/layer-writer.js'
import type { SnapshotStore } from '../snapshot/snapshot-store.js'
import { adoptBlob, blobPath, hasBlob } from '../store/blob-store.js'
import { hold } from '../store/held.js'
import { BuildError } from '../build-error.js'
import { readRecord, writeRecord } from '../store/record.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'
import { exportLayer } from './export-layer.js'

/** What making a layer needs. */
export interface LayerEnvironment {
  readonly store: Store
  readonly session: Session
  readonly snapshots: SnapshotStore
}

/**
 * The layer that a snapshot makes; written unless its blob is in the store already.
 * @param exportedOnly whether the snapshot is for nothing but this layer
 */
export async function layerOf(
  environment: LayerEnvironment,
  snapshot: Digest,
  exportedOnly: boolean
): Promise<WrittenLayer> {
  const { store, session, snapshots } = environment
  const known = readRecord(store, 'layer', snapshot) as WrittenLayer | undefined
  if (known !== undefined) {
    hold(session, known.digest, blobPath(store, known.digest))
    if (hasBlob(store, known.digest, known.size)) return known
  }
  const file = session.next('layer')
  const folder = bytesOfText(await snapshots.view([snapshot]))
  const layer = await exportOrRemove(snapshots, snapshot, () =>
    exportLayer(file, folder, snapshots.listing(snapshot))
  )
  hold(session, layer.digest, file)
  adoptBlob(store, file, layer.digest)
  rmSync(file)
  writeRecord(store, session, 'layer', snapshot, layer)
  const exported: Exported = { snapshot, exportedOnly }
  writeRecord(store, session, 'exported', layer.diffId, exported)
  return layer
}

/** The snapshot that a layer was made of. */
export interface Exported {
  readonly snapshot: Digest
  /** Whether the snapshot is for nothing but this layer. */
  readonly exportedOnly: boolean
}

/** The snapshot that a layer was made of, where it was made here and the snapshot is still there. */
export function snapshotExportedAs(
  { store, snapshots }: LayerEnvironment,
  diffId: Digest
): Exported | undefined {
  const record = readRecord(store, 'exported', diffId) as Exported | undefined
  return record !== undefined && snapshots.has(record.snapshot) ? record : undefined
}

/** A snapshot whose files are not what its listing says must not be found again. */
async function exportOrRemove(
  snapshots: SnapshotStore,
  snapshot: Digest,
  work: () => Promise<WrittenLayer>
): Promise<WrittenLayer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof BuildError && error.code === 'store/corrupt-snapshot') {
      snapshots.remove(snapshot)
    }
    throw error
  }
}
