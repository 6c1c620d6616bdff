import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Descriptor } from '../descriptor.js'
import { Digester } from '../digest.js'
import { RegistryError } from './registry-error.js'

/** A file on its way from a registry, hashed while it is written and never longer than its blob. */
export class BlobWriter {
  readonly #file: FileHandle
  readonly #descriptor: Descriptor
  #digester = new Digester()
  #resumed = false

  private constructor(file: FileHandle, descriptor: Descriptor) {
    this.#file = file
    this.#descriptor = descriptor
  }

  /** Opens the file at `path`, and reads what an earlier run left in it, which is gone on with. */
  static async open(path: string, descriptor: Descriptor): Promise<BlobWriter> {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW
    const writer = new BlobWriter(await open(path, flags, 0o644), descriptor)
    try {
      await writer.#readLeft()
    } catch (error) {
      await writer.close()
      throw error
    }
    return writer
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#digester.size
  }

  /** @throws RegistryError `registry/size-mismatch` before a byte too many is written */
  async append(bytes: Uint8Array): Promise<void> {
    const start = this.size
    if (start + bytes.length > this.#descriptor.size) {
      throw wrongSize(this.#descriptor, `${start + bytes.length} bytes or more`)
    }
    for (let done = 0; done < bytes.length;) {
      const left = bytes.length - done
      done += (await this.#file.write(bytes, done, left, start + done)).bytesWritten
    }
    this.#digester.update(bytes)
  }

  /** Throws away what is written so far. */
  async restart(): Promise<void> {
    await this.#file.truncate(0)
    this.#digester = new Digester()
    this.#resumed = false
  }

  /**
   * Checks that the file is the blob; one that is not is emptied. To be called once all bytes are there.
   * @throws RegistryError `registry/digest-mismatch`, unless some of the bytes were an earlier run's
   * @returns whether it is the blob
   */
  async finish(): Promise<boolean> {
    const found = this.#digester.digest()
    if (found === this.#descriptor.digest) return true
    const resumed = this.#resumed
    await this.restart()
    if (resumed) return false
    throw new RegistryError('registry/digest-mismatch', 'the registry gives other bytes', {
      where: this.#descriptor.digest,
      expected: this.#descriptor.digest,
      found
    })
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #readLeft(): Promise<void> {
    const { size } = await this.#file.stat()
    if (size > this.#descriptor.size) {
      await this.restart()
      return
    }
    const stream = this.#file.createReadStream({
      autoClose: false,
      start: 0,
      highWaterMark: 1 << 20
    })
    for await (const piece of stream) this.#digester.update(piece as Buffer)
    this.#resumed = this.size > 0
  }
}

/** A blob of another size than its descriptor says. */
export function wrongSize({ digest, size }: Descriptor, found: string): RegistryError {
  return new RegistryError('registry/size-mismatch', 'a blob does not have its size', {
    where: digest,
    expected: `${size} bytes`,
    found
  })
}
