import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { textOfBytes } from '../../src/base/byte-string.js'
import { blobPath } from '../../src/oci/blob-file.js'
import { type Digest, Digester, sha256 } from '../../src/oci/digest.js'
import { gunzip } from '../../src/oci/gzip/decompress.js'
import { type LayoutImage, type LayoutLayer, readLayout } from '../../src/oci/layout-reader.js'
import { LayerWriter, type WrittenLayer } from '../../src/oci/layer-writer.js'
import type { ArchiveEntry } from '../../src/oci/tar/entry.js'
import { readTar } from '../../src/oci/tar/reader.js'

/** What an engine wrote, with its layers compressed as the canonical format has them. */
export interface Expected {
  readonly engine: string
  /**
   * Where the digests of manifest and index come from: another engine that compresses canonically wrote
   * the very same, or they follow from this engine's documents and its layers, compressed again.
   */
  readonly manifestFrom: string
  readonly index?: Digest
  readonly manifest?: Digest
  readonly config?: Digest
  readonly history: readonly string[]
  readonly layers: readonly ExpectedLayer[]
  /** The images for further platforms. */
  readonly others?: readonly ExpectedImage[]
}

/** The image for one platform. */
type ExpectedImage = Pick<Expected, 'manifest' | 'config' | 'history' | 'layers'>

/** A layer; one with a file of the machine in it has no digests that could be recorded. */
export interface ExpectedLayer {
  readonly diffId?: Digest
  readonly digest?: Digest
  /** A line for each entry, for people and for messages. */
  readonly entries: readonly string[]
}

/** A build that an engine refused. */
export interface Refusal {
  readonly engine: string
  readonly refusal: string
}

/** Describes an OCI layout that an engine wrote. */
export async function describeLayout(directory: string, engine: string): Promise<Expected> {
  const { index, images } = await readLayout(directory)
  const [nested] = index.manifests
  if (nested === undefined) throw new Error('a layout without an image')
  let document = readFileSync(blobPath(directory, nested.digest), 'utf8')
  const described: ExpectedImage[] = []
  for (const image of images) {
    const { own, ...rest } = await describeImage(directory, image)
    document = replaceDescriptor(document, image.descriptor, own)
    described.push(rest)
  }
  const [first, ...others] = described
  if (first === undefined) throw new Error('a layout without an image')
  return {
    engine,
    manifestFrom: 'layers compressed again',
    index: sha256(document),
    ...first,
    ...(others.length > 0 && { others })
  }
}

/** @returns with the manifest as it is with its layers compressed again */
async function describeImage(
  directory: string,
  image: LayoutImage
): Promise<ExpectedImage & { readonly own: SizedDigest }> {
  const layers: (ExpectedLayer & { written: WrittenLayer })[] = []
  for (const layer of image.layers) layers.push(await describeLayer(layer))
  const text = (digest: Digest): string => readFileSync(blobPath(directory, digest), 'utf8')
  let manifest = text(image.descriptor.digest)
  const replaced = new Set<Digest>()
  for (const [place, { descriptor }] of image.layers.entries()) {
    const written = layers[place]?.written
    // One layer may stand there several times.
    if (written === undefined || replaced.has(descriptor.digest)) continue
    manifest = replaceDescriptor(manifest, descriptor, written)
    replaced.add(descriptor.digest)
  }
  const own = { digest: sha256(manifest), size: Buffer.byteLength(manifest) }
  return {
    own,
    manifest: own.digest,
    config: image.manifest.config.digest,
    history: historyLines(text(image.manifest.config.digest)),
    layers: layers.map(({ diffId, written, entries }) => ({
      ...(diffId === undefined ? {} : { diffId }),
      digest: written.digest,
      entries
    }))
  }
}

interface SizedDigest {
  readonly digest: Digest
  readonly size: number
}

function replaceDescriptor(document: string, from: SizedDigest, to: SizedDigest): string {
  const pattern = new RegExp(`"digest": "${from.digest}",(\\s+)"size": ${from.size}\\b`, 'g')
  if (!pattern.test(document)) throw new Error(`${from.digest} is not in the document`)
  return document.replace(pattern, `"digest": "${to.digest}",$1"size": ${to.size}`)
}

function historyLines(config: string): string[] {
  const { history = [] } = JSON.parse(config) as {
    history?: { created: string; created_by: string; empty_layer?: boolean }[]
  }
  return history.map(({ created, created_by: by, empty_layer: empty }) => {
    return `${created} ${empty === true ? 'no layer' : 'a layer'}: ${by}`
  })
}

async function describeLayer(
  layer: LayoutLayer
): Promise<ExpectedLayer & { readonly written: WrittenLayer }> {
  const directory = mkdtempSync(join(tmpdir(), 'stagex-layer-'))
  try {
    const writer = await LayerWriter.create(join(directory, 'layer'))
    const entries: string[] = []
    for await (const { entry, content } of readTar(gunzip(createReadStream(layer.path), Infinity))) {
      const digester = new Digester()
      await writer.entry(entry)
      for await (const piece of content) {
        digester.update(piece)
        await writer.content(piece)
      }
      entries.push(entryLine(entry, digester.digest()))
    }
    const written = await writer.close()
    if (written.diffId !== layer.diffId) throw new Error('a layer that the tar writer does not reproduce')
    return { diffId: layer.diffId, entries, written }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function entryLine(entry: ArchiveEntry, content: Digest): string {
  const { path, type, mode, uid, gid, mtime, size, linkname, devmajor, devminor, capability } = entry
  return [
    mode.toString(8).padStart(4, '0'),
    `${uid}:${gid}`,
    mtime,
    type === 'directory' ? `${textOfBytes(path)}/` : textOfBytes(path),
    ...(type === 'file' ? [size, content.slice('sha256:'.length, 23)] : []),
    ...(linkname === undefined ? [] : [type === 'hardlink' ? '=' : '->', textOfBytes(linkname)]),
    ...(type.endsWith('device') ? [type, `${devmajor}:${devminor}`] : []),
    ...(type === 'fifo' ? ['fifo'] : []),
    ...(capability === undefined ? [] : [`capability=${Buffer.from(capability).toString('hex')}`])
  ].join(' ')
}

/** Leaves out what depends on files of the machine, told by the digests of their contents. */
export function withoutMachineFiles(found: Expected, contents: readonly Digest[]): Expected {
  const marks = contents.map((digest) => digest.slice('sha256:'.length, 23))
  const isOwn = ({ entries }: ExpectedLayer): boolean =>
    entries.some((line) => marks.some((mark) => line.includes(mark)))
  if (!found.layers.some(isOwn)) return found
  const layers = found.layers.map((layer) => (isOwn(layer) ? { entries: [] } : layer))
  return { engine: found.engine, manifestFrom: found.manifestFrom, history: found.history, layers }
}
