import { textOfBytes } from '../../base/byte-string.js'
import { OciError } from '../error.js'
import { blockSize, paddingOf } from './block.js'
import { ByteReader } from './byte-reader.js'
import type { ArchiveEntry } from './entry.js'
import { type Extensions, gatherExtension, noExtensions } from './extensions.js'
import { type RawHeader, readHeader } from './read-header.js'
import { entryOf } from './read-entry.js'

/** An entry and its content, which can be read once, and only before the next entry is asked for. */
export interface ArchiveMember {
  readonly entry: ArchiveEntry
  readonly content: AsyncIterable<Uint8Array>
}

/** What an archive may not exceed. */
export interface ArchiveLimits {
  /** The most entries; ten million when left out. */
  readonly entries?: number
  /** The most bytes of content, all entries together; unlimited when left out. */
  readonly contentSize?: number
}

const mostEntries = 10_000_000

/**
 * Reads an archive (V7, USTAR, PAX, GNU) as a stream. Nothing in it is trusted. Global extended headers say
 * nothing that a layer keeps and are passed over; sparse files are refused. When it comes to the end, the
 * source is read to its own end.
 * @throws OciError `tar/…`
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits = {}
): AsyncGenerator<ArchiveMember, void, undefined> {
  const reader = new ByteReader(source)
  try {
    const budget = new Budget(limits)
    for (;;) {
      const entry = await readEntry(reader)
      if (entry === undefined) break
      budget.take(entry)
      const content = new Content(reader, entry.size)
      yield { entry, content }
      await content.finish()
    }
    await reader.drain()
  } finally {
    await reader.cancel()
  }
}

/** The next entry with all that extended headers say of it; undefined at the end of the archive. */
async function readEntry(reader: ByteReader): Promise<ArchiveEntry | undefined> {
  let extensions: Extensions = noExtensions
  for (;;) {
    const where = `byte ${reader.position}`
    const header = await nextHeader(reader, where)
    if (header === undefined) {
      if (extensions === noExtensions) return undefined
      throw reader.truncated()
    }
    const gathered = await gatherExtension(reader, header, extensions, where)
    if (gathered === undefined) return entryOf(header, extensions, where)
    extensions = gathered
  }
}

/** The next header; undefined at a zero block or at the end of the stream, which both end an archive. */
async function nextHeader(reader: ByteReader, where: string): Promise<RawHeader | undefined> {
  const block = await reader.read(blockSize)
  if (block === undefined) return undefined
  if (!block.every((byte) => byte === 0)) return readHeader(block, where)
  const second = await reader.read(blockSize)
  if (second === undefined || second.every((byte) => byte === 0)) return undefined
  throw new OciError('tar/bad-header', 'a single block of zeros between entries', { where })
}

/** The content of the entry that was read last, and the padding after it. */
class Content implements AsyncIterable<Uint8Array> {
  readonly #reader: ByteReader
  readonly #padding: number
  #left: number

  constructor(reader: ByteReader, size: number) {
    this.#reader = reader
    this.#left = size
    this.#padding = paddingOf(size)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    while (this.#left > 0) {
      const piece = await this.#reader.some(this.#left)
      if (piece === undefined) throw this.#reader.truncated()
      this.#left -= piece.length
      yield piece
    }
  }

  /** Passes over what was not read. */
  async finish(): Promise<void> {
    const left = this.#left
    this.#left = 0
    await this.#reader.skip(left + this.#padding)
  }
}

/** What the limits still allow. */
class Budget {
  #entries: number
  #contentSize: number

  constructor(limits: ArchiveLimits) {
    this.#entries = limits.entries ?? mostEntries
    this.#contentSize = limits.contentSize ?? Infinity
  }

  take(entry: ArchiveEntry): void {
    this.#entries -= 1
    this.#contentSize -= entry.size
    if (this.#entries >= 0 && this.#contentSize >= 0) return
    throw new OciError('tar/too-large', 'the archive exceeds what is allowed', {
      where: textOfBytes(entry.path)
    })
  }
}
