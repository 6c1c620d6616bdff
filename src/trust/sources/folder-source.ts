import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { TrustError } from '../trust-error.js'
import { LARGEST_SIGNATURE, type SignatureSource } from './signature-source.js'

/** Signatures in a folder such as a tree's `signatures/`. */
export function folderSource(folder: string, name = folder): SignatureSource {
  return { name, read: (path) => readBounded(join(folder, path)) }
}

async function readBounded(file: string): Promise<Uint8Array | undefined> {
  let handle
  try {
    // Neither a link nor a pipe that somebody put in the file's place is followed or waited for.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
    handle = await open(file, flags)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw unreadable(file, code ?? String(error))
  }
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(LARGEST_SIGNATURE + 1))
    if (bytesRead > LARGEST_SIGNATURE) throw tooLarge(file)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    if (error instanceof TrustError) throw error
    throw unreadable(file, (error as NodeJS.ErrnoException).code ?? String(error))
  } finally {
    await handle.close()
  }
}

function unreadable(where: string, found: string): TrustError {
  return new TrustError('signatures/unreadable', 'a signature cannot be read', { where, found })
}

function tooLarge(where: string): TrustError {
  return new TrustError('signatures/too-large', 'this is too large to be a signature', {
    where,
    expected: `at most ${LARGEST_SIGNATURE} bytes`
  })
}
