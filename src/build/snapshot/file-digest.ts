import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { Digest } from '../../oci/digest.js'

/** Files up to this size are read at once. */
const readWhole = 1 << 20

/**
 * The digest of a file's content.
 * @param size as the file system said; a file that grows is read to its end all the same
 */
export function fileDigest(file: ByteString, size: number): Digest {
  const hash = createHash('sha256')
  if (size <= readWhole) return `sha256:${hash.update(readFileSync(fsPath(file))).digest('hex')}`
  const buffer = Buffer.allocUnsafe(readWhole)
  const descriptor = openSync(fsPath(file), 'r')
  try {
    for (let count = 1; count > 0;) {
      count = readSync(descriptor, buffer)
      hash.update(buffer.subarray(0, count))
    }
  } finally {
    closeSync(descriptor)
  }
  return `sha256:${hash.digest('hex')}`
}
