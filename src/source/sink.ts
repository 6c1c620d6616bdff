import { createHash, type Hash } from 'node:crypto'

/** Where downloaded bytes go. */
export interface Sink {
  /** Its file, for messages. */
  readonly path: string
  /** Bytes that it has. */
  readonly size: number
  append(bytes: Uint8Array): Promise<void>
  /** Forgets the bytes that it has. */
  restart(): Promise<void>
}

/** Hashes bytes and keeps none of them. */
export class HashSink implements Sink {
  readonly path = 'memory'
  #hash: Hash = createHash('sha256')
  #size = 0

  get size(): number {
    return this.#size
  }

  /** SHA-256 of the bytes so far, in hex. */
  digest(): string {
    return this.#hash.copy().digest('hex')
  }

  append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes)
    this.#size += bytes.length
    return Promise.resolve()
  }

  restart(): Promise<void> {
    this.#hash = createHash('sha256')
    this.#size = 0
    return Promise.resolve()
  }
}
