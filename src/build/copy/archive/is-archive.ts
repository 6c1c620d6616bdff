import type { ByteString } from '../../../base/byte-string.js'
import { OciError } from '../../../oci/error.js'
import { readTar } from '../../../oci/tar/reader.js'
import { BuildError } from '../../build-error.js'
import { decompressed } from './decompress.js'

/**
 * Whether ADD unpacks a file: one that begins, maybe after decompression, with a valid header of a
 * tar. Whatever else it is, is copied; an empty archive is, too.
 * @throws BuildError `build/unsupported` where the program to decompress it is missing
 */
export async function isArchive(file: ByteString): Promise<boolean> {
  const members = readTar(decompressed(file))
  try {
    return (await members.next()).done !== true
  } catch (error) {
    if (isAboutContent(error)) return false
    throw error
  } finally {
    await members.return()
  }
}

/** Errors that say that the file is something else; the machine's own are passed on. */
function isAboutContent(error: unknown): boolean {
  // A sparse file or an unknown type stands in a valid header.
  if (error instanceof OciError) return !unreadable.has(error.code)
  return error instanceof BuildError && error.code === 'build/bad-archive'
}

const unreadable: ReadonlySet<string> = new Set(['tar/sparse', 'tar/unsupported-type'])
