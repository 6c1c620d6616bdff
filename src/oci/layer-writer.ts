import { type FileHandle, open } from 'node:fs/promises'
import { type Digest, Digester } from './digest.js'
import { matcherThreads } from './gzip/matcher-threads.js'
import { ThreadedGzipEncoder } from './gzip/threaded-encoder.js'
import type { TarEntry } from './tar/entry.js'
import { TarWriter } from './tar/writer.js'

/** A layer that was written: its two digests, and the size in bytes of the compressed form. */
export interface WrittenLayer {
  /** Digest of the uncompressed tar. */
  readonly diffId: Digest
  /** Digest of the gzip file. */
  readonly digest: Digest
  readonly size: number
}

/** So much compressed output waits in memory before it is written. */
const writeBehind = 256 * 1024
/** Content is compressed in steps of this size (a multiple of 512), the output written in between. */
const step = 1024 * 1024

/**
 * Writes entries as a canonical layer: tar, gzip and both digests in one pass, with constant memory.
 *
 * Calls must not overlap: each is awaited before the next.
 */
export class LayerWriter {
  readonly #file: FileHandle
  readonly #diffId = new Digester()
  readonly #digest = new Digester()
  readonly #gzip: ThreadedGzipEncoder
  readonly #tar: TarWriter
  #waiting: Uint8Array[] = []
  #waitingSize = 0

  private constructor(file: FileHandle) {
    this.#file = file
    this.#gzip = new ThreadedGzipEncoder((chunk) => {
      this.#digest.update(chunk)
      this.#waiting.push(chunk)
      this.#waitingSize += chunk.length
    }, matcherThreads)
    this.#tar = new TarWriter((piece) => {
      this.#diffId.update(piece)
      this.#gzip.write(piece)
    })
  }

  /** Begins a layer in a new file; one that exists is an error (`EEXIST`), never overwritten. */
  static async create(path: string): Promise<LayerWriter> {
    return new LayerWriter(await open(path, 'wx', 0o644))
  }

  /**
   * Begins the next entry.
   * @throws OciError `tar/bad-entry`; `tar/content-length` when the one before is not complete
   */
  async entry(entry: TarEntry): Promise<void> {
    this.#tar.entry(entry)
    await this.#settle()
  }

  /**
   * Appends to the content of the current entry, in pieces of any size.
   * @throws OciError `tar/content-length` when it gets longer than the entry said
   */
  async content(piece: Uint8Array): Promise<void> {
    for (let start = 0; start < piece.length; start += step) {
      this.#tar.content(piece.subarray(start, start + step))
      await this.#settle()
    }
  }

  /**
   * Ends the layer and closes its file.
   * @throws OciError `tar/content-length` when the last entry is not complete
   */
  async close(): Promise<WrittenLayer> {
    this.#tar.close()
    await this.#gzip.close()
    await this.#writeOut()
    await this.#file.close()
    const { size } = this.#digest
    return { diffId: this.#diffId.digest(), digest: this.#digest.digest(), size }
  }

  /** Closes the file without finishing it; removing it is the caller's business. */
  async abort(): Promise<void> {
    await this.#file.close()
  }

  async #settle(): Promise<void> {
    await this.#gzip.settle()
    if (this.#waitingSize >= writeBehind) await this.#writeOut()
  }

  async #writeOut(): Promise<void> {
    const chunks = this.#waiting
    this.#waiting = []
    this.#waitingSize = 0
    for (const chunk of chunks) await writeFully(this.#file, chunk)
  }
}

/** Writes all of `chunk`: a single write may stop short, as on a full disk. */
async function writeFully(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, done)
    done += bytesWritten
  }
}
