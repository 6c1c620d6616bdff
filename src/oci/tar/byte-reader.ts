import { OciError } from '../error.js'

/** Reads a stream of pieces in portions of the reader's choice, holding one piece at a time. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>
  #piece: Uint8Array = new Uint8Array()
  #position = 0

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#pieces = source[Symbol.asyncIterator]()
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position
  }

  /**
   * The next `count` bytes, or undefined where the stream ends just here. They may be a view of the piece
   * that the source gave.
   * @throws OciError `tar/truncated` when the stream ends within them
   */
  async read(count: number): Promise<Uint8Array | undefined> {
    if (this.#piece.length >= count) return this.#take(count)
    const first = await this.some(count)
    if (first === undefined || first.length === count) return first
    const bytes = new Uint8Array(count)
    bytes.set(first)
    for (let filled = first.length; filled < count;) {
      const more = await this.some(count - filled)
      if (more === undefined) throw this.truncated()
      bytes.set(more, filled)
      filled += more.length
    }
    return bytes
  }

  /** At least one and at most `most` of the next bytes; undefined at the end of the stream. */
  async some(most: number): Promise<Uint8Array | undefined> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next()
      if (next.done === true) return undefined
      this.#piece = next.value
    }
    return this.#take(Math.min(most, this.#piece.length))
  }

  /** Passes over the next `count` bytes. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      const piece = await this.some(left)
      if (piece === undefined) throw this.truncated()
      left -= piece.length
    }
  }

  /** Reads to the end of the stream. */
  async drain(): Promise<void> {
    while ((await this.some(Number.MAX_SAFE_INTEGER)) !== undefined);
  }

  /** Tells the source that no more is wanted. */
  async cancel(): Promise<void> {
    await this.#pieces.return?.()
  }

  /** What to throw when the stream ends too early. */
  truncated(): OciError {
    return new OciError('tar/truncated', 'the archive ends in the middle of an entry', {
      where: `byte ${this.#position}`
    })
  }

  #take(count: number): Uint8Array {
    const taken = this.#piece.subarray(0, count)
    this.#piece = this.#piece.subarray(count)
    this.#position += count
    return taken
  }
}
