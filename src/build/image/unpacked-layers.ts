import { bytesOfText } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'
import { sha256 } from '../../oci/digest.js'
import type { Chain, SnapshotStore } from '../snapshot/snapshot-store.js'
import { readRecord, writeRecord } from '../store/record.js'
import { blobPath } from '../store/blob-store.js'
import type { Session } from '../store/session.js'
import type { Store } from '../store/store.js'
import type { BuiltImage, ImageLayer } from './built-image.js'
import { unpackLayer } from './unpack-layer.js'

/** Makes the file trees of images that a build starts from or copies from, once each. */
export class UnpackedLayers {
  readonly #store: Store
  readonly #session: Session
  readonly #snapshots: SnapshotStore
  readonly #running = new Map<Digest, Promise<Digest>>()

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
    const chain: Digest[] = []
    for (const layer of image.layers) chain.push(await this.#snapshotOf(layer))
    return chain
  }

  #snapshotOf(layer: ImageLayer): Promise<Digest> {
    const running = this.#running.get(layer.diffId) ?? this.#unpackedOrUnpack(layer)
    this.#running.set(layer.diffId, running)
    return running
  }

  async #unpackedOrUnpack(layer: ImageLayer): Promise<Digest> {
    const known = readRecord(this.#store, 'unpacked', layer.diffId) as Unpacked | undefined
    if (known !== undefined && this.#snapshots.has(known.snapshot)) return known.snapshot
    const snapshot = await this.#snapshots.create(
      sha256(`stagex layer 1\n${layer.diffId}`),
      async (folder) => {
        const blob = blobPath(this.#store, layer.descriptor.digest)
        return unpackLayer(blob, layer, bytesOfText(folder))
      }
    )
    const record: Unpacked = { snapshot }
    writeRecord(this.#store, this.#session, 'unpacked', layer.diffId, record)
    return snapshot
  }
}

interface Unpacked {
  readonly snapshot: Digest
}
