import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Descriptor } from './descriptor.js'
import { type Digest, Digester, hexOf, sha256 } from './digest.js'
import { OciError } from './error.js'

/** Where a layout in `directory` keeps a blob. */
export function blobPath(directory: string, digest: Digest): string {
  return join(directory, 'blobs', 'sha256', hexOf(digest))
}

/**
 * Reads a whole blob and verifies it.
 * @param limit the most bytes that are read into memory
 * @throws OciError `blob/…`
 */
export async function readBlob(
  directory: string,
  descriptor: Descriptor,
  limit: number
): Promise<Buffer> {
  const { digest, size } = descriptor
  if (size > limit) throw wrong('blob/too-large', 'a document is too large', digest, limit, size)
  return withBlob(directory, descriptor, async (file) => {
    const bytes = Buffer.alloc(size)
    const { bytesRead } = await file.read(bytes, 0, size, 0)
    const found = sha256(bytes.subarray(0, bytesRead))
    if (found !== digest) throw digestMismatch(digest, found)
    return bytes
  })
}

/**
 * Verifies a blob of any size, reading it once.
 * @throws OciError `blob/…`
 */
export async function verifyBlob(directory: string, descriptor: Descriptor): Promise<void> {
  await withBlob(directory, descriptor, async (file) => {
    const digester = new Digester()
    const stream = file.createReadStream({ autoClose: false, end: descriptor.size })
    for await (const piece of stream) digester.update(piece as Buffer)
    const found = digester.digest()
    if (found !== descriptor.digest) throw digestMismatch(descriptor.digest, found)
  })
}

/**
 * Reads a whole file that no digest bounds.
 * @param limit the most bytes that are read into memory
 * @throws OciError `layout/not-a-layout` when it cannot be read; `blob/too-large`
 */
export async function readSmallFile(path: string, limit: number): Promise<string> {
  const file = await openRegular(path).catch((cause: unknown) => {
    throw new OciError('layout/not-a-layout', 'not an image layout', { where: path, cause })
  })
  try {
    const { size } = await file.stat()
    if (size > limit) throw wrong('blob/too-large', 'a document is too large', path, limit, size)
    const bytes = Buffer.alloc(size)
    const { bytesRead } = await file.read(bytes, 0, size, 0)
    return bytes.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * Opens the file that is to hold a blob, which has the blob's size; its content is not looked at.
 * @throws OciError `blob/missing`, `blob/size-mismatch`
 */
export async function openBlob(path: string, { digest, size }: Expected): Promise<FileHandle> {
  const file = await openRegular(path).catch((cause: unknown) => {
    throw new OciError('blob/missing', 'a blob cannot be read', { where: digest, cause })
  })
  const found = (await file.stat()).size
  if (found === size) return file
  await file.close()
  throw wrong('blob/size-mismatch', 'a blob does not have its size', digest, size, found)
}

/** What is known of a blob before it is read. */
type Expected = Pick<Descriptor, 'digest' | 'size'>

async function withBlob<T>(
  directory: string,
  { digest, size }: Expected,
  use: (file: FileHandle) => Promise<T>
): Promise<T> {
  const file = await openBlob(blobPath(directory, digest), { digest, size })
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** Opens a regular file, and nothing else: a pipe or a device would never end, a link may lead anywhere. */
async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  const status = await file.stat()
  if (status.isFile()) return file
  await file.close()
  throw new Error('not a regular file')
}

function digestMismatch(expected: Digest, found: Digest): OciError {
  return wrong(
    'blob/digest-mismatch',
    'a blob is not what its name says',
    expected,
    expected,
    found
  )
}

function wrong(
  code: 'blob/too-large' | 'blob/size-mismatch' | 'blob/digest-mismatch',
  message: string,
  where: string,
  expected: string | number,
  found: string | number
): OciError {
  return new OciError(code, message, {
    where,
    expected: String(expected),
    found: String(found)
  })
}
