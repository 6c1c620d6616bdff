import type { ArchiveEntry, TarEntry } from '../../src/oci/tar/entry.js'
import { type ArchiveLimits, readTar } from '../../src/oci/tar/reader.js'
import { TarWriter } from '../../src/oci/tar/writer.js'
import { contentOf } from './content.js'

/** A plain file's entry. */
export function file(path: string, size: number): TarEntry {
  return { path, type: 'file', mode: 0o644, uid: 0, gid: 0, size, mtime: 0 }
}

/** The tar of these entries, files filled with generated text. */
export function archiveOf(entries: readonly TarEntry[]): Buffer {
  const pieces: Buffer[] = []
  const writer = new TarWriter((piece) => pieces.push(Buffer.from(piece)))
  for (const entry of entries) {
    writer.entry(entry)
    writer.content(contentOf({ kind: 'text', size: entry.size }))
  }
  writer.close()
  return Buffer.concat(pieces)
}

/** All members of an archive that comes in pieces of `pieceSize`. */
export async function entriesIn(
  archive: Uint8Array,
  limits: ArchiveLimits = {},
  pieceSize = 1000
): Promise<{ entry: ArchiveEntry; content: Buffer }[]> {
  const members = []
  for await (const { entry, content } of readTar(inPieces(archive, pieceSize), limits)) {
    const pieces: Buffer[] = []
    for await (const piece of content) pieces.push(Buffer.from(piece))
    members.push({ entry, content: Buffer.concat(pieces) })
  }
  return members
}

/** Bytes as a stream of pieces. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size))
  }
}
