import { createHash } from 'node:crypto'
import { OciError } from './error.js'

/** The name of a blob's content: `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`

const pattern = /^sha256:[0-9a-f]{64}$/

/** Updates below this size are gathered, because each call into the hash costs more than the copy. */
const gatherBelow = 4096

/**
 * Reads a digest that comes from outside; `where` names the document it stands in.
 * @throws OciError `digest/malformed`
 */
export function parseDigest(text: string, where?: string): Digest {
  if (isDigest(text)) return text
  throw new OciError('digest/malformed', 'not a SHA-256 digest', {
    ...(where === undefined ? {} : { where }),
    expected: 'sha256: and 64 lower-case hexadecimal digits',
    found: text.slice(0, 100)
  })
}

/** Whether `text` is a digest in the one form that is accepted. */
export function isDigest(text: string): text is Digest {
  return pattern.test(text)
}

/** The 64 hexadecimal digits of a digest. */
export function hexOf(digest: Digest): string {
  return digest.slice('sha256:'.length)
}

/** The digest whose 64 lower-case hexadecimal digits are given. */
export function digestOfHex(hex: string): Digest {
  return parseDigest(`sha256:${hex}`)
}

/** The digest of bytes, or of a text's UTF-8 form. */
export function sha256(content: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** Computes the digest of a stream, piece by piece, and counts its bytes. */
export class Digester {
  readonly #hash = createHash('sha256')
  readonly #gathered = Buffer.allocUnsafe(16 * gatherBelow)
  #gatheredLength = 0
  #size = 0

  /** The number of bytes seen so far. */
  get size(): number {
    return this.#size
  }

  /** Takes the next piece; it may be reused by the caller afterwards. */
  update(piece: Uint8Array): void {
    this.#size += piece.length
    if (piece.length >= gatherBelow) {
      this.#flush()
      this.#hash.update(piece)
      return
    }
    if (this.#gatheredLength + piece.length > this.#gathered.length) this.#flush()
    this.#gathered.set(piece, this.#gatheredLength)
    this.#gatheredLength += piece.length
  }

  /** The digest of all pieces; to be called once, at the end. */
  digest(): Digest {
    this.#flush()
    return `sha256:${this.#hash.digest('hex')}`
  }

  #flush(): void {
    if (this.#gatheredLength > 0)
      this.#hash.update(this.#gathered.subarray(0, this.#gatheredLength))
    this.#gatheredLength = 0
  }
}
