import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'

/** Files up to this size are read at once. */
const readWhole = 1 << 20

/** The pieces of larger files: memory that is used again costs less than new memory. */
const pieceSize = 1 << 17

/** A link or a pipe that was put in the file's place is not followed, and not waited for. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/**
 * The digest of a regular file's content.
 * @param size as the file system said; a file that grows is read to its end all the same
 */
export function fileDigest(file: ByteString, size: number): Digest {
  const hash = createHash('sha256')
  const descriptor = openSync(fsPath(file), flags)
  try {
    if (size <= readWhole) hash.update(readFileSync(descriptor))
    else addPieces(hash, descriptor)
  } finally {
    closeSync(descriptor)
  }
  return `sha256:${hash.digest('hex')}`
}

function addPieces(hash: Hash, descriptor: number): void {
  const buffer = Buffer.allocUnsafe(pieceSize)
  for (let count = 1; count > 0;) {
    count = readSync(descriptor, buffer)
    hash.update(buffer.subarray(0, count))
  }
}
