import { closeSync, openSync, readSync } from 'node:fs'
import { type ByteString, bytesOfText } from '../../base/byte-string.js'
import { BuildError } from '../../build/build-error.js'
import { decompressed } from '../../build/copy/archive/decompress.js'
import { OciError } from '../../oci/error.js'
import { readTar } from '../../oci/tar/reader.js'

/** A regular file in a source's archive; a source that is no archive is the only member of itself. */
export interface SourceMember {
  /** As the archive names it; '' for the source itself. */
  readonly path: ByteString
  /** Its first bytes, at most 512. */
  readonly start: Buffer
}

const START = 512

/**
 * The files in a fetched source: those of a tar, compressed or not. What cannot be read as one, or not to
 * its end, gives what could be read: whether it is a good archive is for the build to say.
 * @throws BuildError `build/unsupported` where the program to decompress it is missing
 */
export async function* sourceMembers(path: string): AsyncGenerator<SourceMember> {
  let isArchive = false
  try {
    for await (const { entry, content } of readTar(decompressed(bytesOfText(path)))) {
      isArchive = true
      if (entry.type === 'file') yield { path: entry.path, start: await startOf(content) }
    }
  } catch (error) {
    if (!isAboutContent(error)) throw error
  }
  if (!isArchive) yield { path: '', start: startOfFile(path) }
}

async function startOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of content) {
    if (size < START) pieces.push(Buffer.from(piece.subarray(0, START - size)))
    size += piece.length
  }
  return Buffer.concat(pieces)
}

function startOfFile(path: string): Buffer {
  const start = Buffer.alloc(START)
  const descriptor = openSync(path, 'r')
  try {
    return start.subarray(0, readSync(descriptor, start))
  } finally {
    closeSync(descriptor)
  }
}

function isAboutContent(error: unknown): boolean {
  return (
    error instanceof OciError || (error instanceof BuildError && error.code === 'build/bad-archive')
  )
}
