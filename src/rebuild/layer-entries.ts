import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { gunzip } from '../oci/gzip/decompress.js'
import type { LayoutLayer } from '../oci/layout-reader.js'
import type { ArchiveEntry } from '../oci/tar/entry.js'
import { readTar } from '../oci/tar/reader.js'

/** An entry of a layer with the SHA-256 of its content, in hexadecimal. */
export interface ComparedEntry {
  readonly entry: ArchiveEntry
  readonly content: string
}

/** No layer is larger; a stream that expands without end stops here. */
const largestTar = 2 ** 38

/**
 * Reads a layer's entries in their order.
 * @throws OciError `gzip/…`, `tar/…`
 */
export async function* entriesOf(layer: LayoutLayer): AsyncGenerator<ComparedEntry, undefined> {
  for await (const { entry, content } of readTar(
    gunzip(createReadStream(layer.path), largestTar)
  )) {
    const hash = createHash('sha256')
    for await (const piece of content) hash.update(piece)
    yield { entry, content: hash.digest('hex') }
  }
}
