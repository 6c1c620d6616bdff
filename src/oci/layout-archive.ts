import { createReadStream } from 'node:fs'
import { blobPath } from './blob-file.js'
import type { Descriptor } from './descriptor.js'
import { hexOf } from './digest.js'
import { encodeLayoutIndex } from './image-index.js'
import type { Layout, LayoutImage } from './layout-reader.js'
import type { TarEntry } from './tar/entry.js'
import { TarWriter } from './tar/writer.js'

/**
 * A layout as one tar that container engines load under another name: the layout itself, for engines that
 * keep images as they are, and the `manifest.json` of `docker save`, for those that unpack them.
 * @param directory the layout that `layout` was read from
 * @param reference `repository:tag`
 * @param platform the image that engines take which know one platform only
 */
export async function* layoutArchive(
  directory: string,
  layout: Layout,
  reference: string,
  platform: LayoutImage
): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces: Uint8Array[] = []
  // The writer lends its pieces, and these are handed on.
  const tar = new TarWriter((piece) => pieces.push(Uint8Array.from(piece)))
  for (const [name, text] of documentsOf(layout, reference, platform)) {
    const bytes = Buffer.from(text)
    tar.entry(fileEntry(name, bytes.length))
    tar.content(bytes)
    yield* pieces.splice(0)
  }
  for (const { digest, size } of blobsOf(layout)) {
    tar.entry(fileEntry(`blobs/sha256/${hexOf(digest)}`, size))
    for await (const piece of createReadStream(blobPath(directory, digest))) {
      tar.content(piece as Buffer)
      yield* pieces.splice(0)
    }
  }
  tar.close()
  yield* pieces
}

function documentsOf(
  { index }: Layout,
  reference: string,
  { manifest }: LayoutImage
): [name: string, text: string][] {
  const annotations = {
    'io.containerd.image.name': `docker.io/${reference}`,
    'org.opencontainers.image.ref.name': reference.slice(reference.lastIndexOf(':') + 1)
  }
  const manifests = index.manifests.map((descriptor) => ({ ...descriptor, annotations }))
  const path = ({ digest }: Descriptor): string => `blobs/sha256/${hexOf(digest)}`
  const saved = {
    Config: path(manifest.config),
    RepoTags: [reference],
    Layers: manifest.layers.map(path)
  }
  return [
    ['oci-layout', '{"imageLayoutVersion":"1.0.0"}'],
    ['index.json', encodeLayoutIndex({ ...index, manifests })],
    ['manifest.json', JSON.stringify([saved])]
  ]
}

/** Each blob once, in an order that depends on the layout alone. */
function blobsOf({ index, images }: Layout): Descriptor[] {
  const all = [
    ...index.manifests,
    ...images.flatMap(({ descriptor, manifest }) => [
      descriptor,
      manifest.config,
      ...manifest.layers
    ])
  ]
  return [...new Map(all.map((descriptor) => [descriptor.digest, descriptor])).values()]
}

function fileEntry(path: string, size: number): TarEntry {
  return { path, type: 'file', mode: 0o644, uid: 0, gid: 0, size, mtime: 1 }
}
