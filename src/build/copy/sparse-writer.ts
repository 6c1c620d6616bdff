import { ftruncateSync, writeSync } from 'node:fs'

/** Zeros in runs of at least this many bytes, aligned so, are not written. */
const hole = 4096
const zeros = Buffer.alloc(hole)

/**
 * Writes a file from its beginning, leaving holes where long runs of zeros are: a few bytes of an archive
 * may stand for gigabytes of them.
 */
export class SparseWriter {
  readonly #descriptor: number
  #position = 0

  /** @param descriptor of a new, empty file; stays open */
  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  /** Appends a piece. */
  write(piece: Uint8Array): void {
    for (let start = 0; start < piece.length;) {
      const size = Math.min(hole - (this.#position % hole), piece.length - start)
      const end = start + size
      if (!isZero(piece.subarray(start, end))) {
        start = this.#writeRun(piece, start)
        continue
      }
      this.#position += size
      start = end
    }
  }

  /** Gives the file its full size; to be called once, after the last piece. */
  end(): void {
    ftruncateSync(this.#descriptor, this.#position)
  }

  /** Writes blocks up to the next one of zeros; returns where that begins. */
  #writeRun(piece: Uint8Array, start: number): number {
    let end = Math.min(piece.length, start + hole - (this.#position % hole))
    while (end < piece.length && !isZero(piece.subarray(end, end + hole))) end += hole
    end = Math.min(end, piece.length)
    for (let done = start; done < end;) {
      done += writeSync(this.#descriptor, piece, done, end - done, this.#position + done - start)
    }
    this.#position += end - start
    return end
  }
}

function isZero(piece: Uint8Array): boolean {
  return piece[0] === 0 && Buffer.compare(piece, zeros.subarray(0, piece.length)) === 0
}
