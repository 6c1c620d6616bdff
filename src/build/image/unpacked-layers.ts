import { bytesOfText } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import { sha256 } from '../../oci/digest.js'
import type { Chain, SnapshotStore } from '../snapshot/snapshot-store.js'
import { readRecord, writeRecord } from '../store/record.js'
import { BuildError } from '../build-error.js'
import { Slots } from '../plan/slots.js'
import { blobPath } from '../store/blob-store.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'
import type { BuiltImage, ImageLayer } from './built-image.js'
import { snapshotExportedAs } from './layer-cache.js'
import { settleTimes, unpackedInPlace } from './unpacked-in-place.js'
import { unpackLayer, unpackSnapshot } from './unpack-layer.js'

/** Makes the file trees of images that a build starts from or copies from, once each. */
export class UnpackedLayers {
  readonly #store: Store
  readonly #session: Session
  readonly #snapshots: SnapshotStore
  readonly #running = new Map<Digest, Promise<Digest>>()
  /** While one waits for its decompressor, the other one writes. */
  readonly #slots = new Slots(2)

  constructor(store: Store, session: Session, snapshots: SnapshotStore) {
    this.#store = store
    this.#session = session
    this.#snapshots = snapshots
  }

  /**
   * The image's tree, as anybody who pulls the image has it: times and all come from the layers.
   * @throws BuildError, OciError where a layer in the store is damaged
   */
  async chainOf(image: BuiltImage): Promise<Chain> {
    return Promise.all(image.layers.map((layer) => this.#snapshotOf(layer)))
  }

  #snapshotOf(layer: ImageLayer): Promise<Digest> {
    const running = this.#running.get(layer.diffId) ?? this.#unpackedOrUnpack(layer)
    this.#running.set(layer.diffId, running)
    return running
  }

  async #unpackedOrUnpack(layer: ImageLayer): Promise<Digest> {
    const known = readRecord(this.#store, 'unpacked', layer.diffId) as Unpacked | undefined
    if (known !== undefined && this.#snapshots.has(known.snapshot)) return known.snapshot
    const snapshot = await this.#slots.take(() => this.#unpack(layer))
    const record: Unpacked = { snapshot }
    writeRecord(this.#store, this.#session, 'unpacked', layer.diffId, record)
    return snapshot
  }

  async #unpack(layer: ImageLayer): Promise<Digest> {
    const origin = sha256(`stagex layer 1\n${layer.diffId}`)
    const blob = blobPath(this.#store, layer.descriptor.digest)
    const own = await this.#ownSnapshot(layer, origin)
    return (
      own ??
      this.#snapshots.create(origin, (folder) => unpackLayer(blob, layer, bytesOfText(folder)))
    )
  }

  /**
   * What was exported here need not be decompressed again, nor even copied where its files are for nothing
   * else; a damaged snapshot is left to the blob.
   */
  async #ownSnapshot(layer: ImageLayer, origin: Digest): Promise<Digest | undefined> {
    const environment = { store: this.#store, session: this.#session, snapshots: this.#snapshots }
    const exported = snapshotExportedAs(environment, layer.diffId)
    if (exported === undefined) return undefined
    const { snapshot, exportedOnly } = exported
    const files = bytesOfText(await this.#snapshots.view([snapshot]))
    const listing = this.#snapshots.listing(snapshot)
    const isWhole = exportedOnly && this.#snapshots.parts([snapshot])[0] === snapshot
    const inPlace = isWhole ? await unpackedInPlace(files, listing) : undefined
    if (inPlace !== undefined) {
      settleTimes(files, inPlace)
      return this.#snapshots.stack(origin, [snapshot], inPlace)
    }
    try {
      return await this.#snapshots.create(origin, (folder) =>
        unpackSnapshot(files, listing, bytesOfText(folder))
      )
    } catch (error) {
      if (!(error instanceof BuildError) || error.code !== 'store/corrupt-snapshot') throw error
      this.#snapshots.remove(snapshot)
      return undefined
    }
  }
}

interface Unpacked {
  readonly snapshot: Digest
}
