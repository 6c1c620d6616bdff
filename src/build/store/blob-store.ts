import { chmodSync, createReadStream, lstatSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Digest, Digester, hexOf, sha256 } from '../../oci/digest.js'
import { createFile, linkExclusively } from '../../base/write-file.js'
import { BuildError } from '../build-error.js'
import { hold } from './held.js'
import type { Session } from './session.js'
import type { Store } from './store.js'

/** Nobody's to write: layouts, which people handle, share the blobs' files. */
const blobMode = 0o444

/** Where the blob lies, whether it is there or not. */
export function blobPath(store: Store, digest: Digest): string {
  return join(store.blobs, hexOf(digest))
}

/** Whether there is a file of the right size under the digest; its bytes are verified when read. */
export function hasBlob(store: Store, digest: Digest, size: number): boolean {
  return lstatSync(blobPath(store, digest), { throwIfNoEntry: false })?.size === size
}

/** Keeps bytes; returns their digest. */
export function putBlob(store: Store, session: Session, bytes: Uint8Array | string): Digest {
  const digest = sha256(bytes)
  hold(session, digest, blobPath(store, digest))
  createFile(blobPath(store, digest), bytes, session.next('blob'), blobMode)
  return digest
}

/**
 * Keeps a finished, synced file of the session whose digest was computed as it was written. The file
 * stays where it was, too.
 */
export function adoptBlob(store: Store, file: string, digest: Digest): void {
  const path = blobPath(store, digest)
  chmodSync(file, blobMode)
  if (linkExclusively(file, path) || lstatSync(path).size === lstatSync(file).size) return
  // What lies there is not what its name says.
  rmSync(path)
  linkExclusively(file, path)
}

/**
 * The bytes of a blob, verified.
 * @throws BuildError `store/corrupt-blob`; the blob is then removed, so that it will be made again
 */
export function readBlob(store: Store, digest: Digest): Buffer {
  const path = blobPath(store, digest)
  const bytes = orMissing(path, digest, () => readFileSync(path))
  const found = sha256(bytes)
  if (found !== digest) throw dropCorrupt(path, digest, found)
  return bytes
}

/**
 * Verifies a blob of any size without holding it in memory.
 * @throws BuildError `store/corrupt-blob`; the blob is then removed, so that it will be made again
 */
export async function verifyBlob(store: Store, digest: Digest): Promise<void> {
  const path = blobPath(store, digest)
  const descriptor = orMissing(path, digest, () => openSync(path, 'r'))
  const digester = new Digester()
  const file = createReadStream(path, { fd: descriptor, highWaterMark: 1 << 20 })
  for await (const piece of file) digester.update(piece as Buffer)
  const found = digester.digest()
  if (found !== digest) throw dropCorrupt(path, digest, found)
}

/** A blob that another image's build found damaged is gone when the next one asks for it. */
function orMissing<T>(path: string, digest: Digest, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw dropCorrupt(path, digest, 'no file')
  }
}

function dropCorrupt(path: string, expected: Digest, found: string): BuildError {
  rmSync(path, { force: true })
  return new BuildError('store/corrupt-blob', 'a blob in the store does not match its digest', {
    where: path,
    expected,
    found,
    hint: 'it was removed; build again and it is made anew'
  })
}
