import { closeSync, constants, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { TrustError } from '../trust-error.js'
import { LARGEST_SIGNATURE, type SignatureSource } from './signature-source.js'

/** Signatures in a folder such as a tree's `signatures/`. */
export function folderSource(folder: string, name = folder): SignatureSource {
  return { name, read: (path) => Promise.resolve().then(() => readBounded(join(folder, path))) }
}

/** Where files are read to; a byte more than allowed shows that one is too large. */
const scratch = Buffer.alloc(LARGEST_SIGNATURE + 1)

/** Waits for the disk: a thousand small files are read faster so than by asking for each to be told of. */
function readBounded(file: string): Uint8Array | undefined {
  const descriptor = openIfThere(file)
  if (descriptor === undefined) return undefined
  let length = 0
  try {
    for (let count = -1; count !== 0 && length < scratch.length; length += count) {
      count = readSync(descriptor, scratch, length, scratch.length - length, null)
    }
  } catch (error) {
    throw unreadable(file, error)
  } finally {
    closeSync(descriptor)
  }
  if (length > LARGEST_SIGNATURE) throw tooLarge(file)
  return Buffer.from(scratch.subarray(0, length))
}

function openIfThere(file: string): number | undefined {
  try {
    // Neither a link nor a pipe that somebody put in the file's place is followed or waited for.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw unreadable(file, error)
  }
}

function unreadable(where: string, error: unknown): TrustError {
  const found = (error as NodeJS.ErrnoException).code ?? String(error)
  return new TrustError('signatures/unreadable', 'a signature cannot be read', { where, found })
}

function tooLarge(where: string): TrustError {
  return new TrustError('signatures/too-large', 'this is too large to be a signature', {
    where,
    expected: `at most ${LARGEST_SIGNATURE} bytes`
  })
}
