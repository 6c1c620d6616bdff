import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blobPath } from '../../src/oci/blob-file.js'
import { type Digest, sha256 } from '../../src/oci/digest.js'
import { gunzip } from '../../src/oci/gzip/decompress.js'
import { type Layout, type LayoutLayer, readLayout } from '../../src/oci/layout-reader.js'
import { LayerWriter, type WrittenLayer } from '../../src/oci/layer-writer.js'
import type { TarEntry } from '../../src/oci/tar/entry.js'
import { readTar } from '../../src/oci/tar/reader.js'
import { type ContentSpec, contentOf } from './content.js'
import type { EngineCase } from './engine-case.js'

/** What an engine wrote for a case: its documents word for word, its layers entry by entry. */
export interface EngineGolden {
  readonly engine: string
  readonly layoutIndex: string
  readonly nestedIndex: string
  readonly manifest: string
  readonly config: string
  readonly layers: readonly GoldenLayer[]
}

interface GoldenLayer extends WrittenLayer {
  readonly entries: readonly GoldenEntry[]
}

/** An entry; content is generated, or short and written out. */
export type GoldenEntry = Omit<TarEntry, 'capability'> & {
  readonly capability?: string
  readonly content?: ContentSpec | string
}

/** Describes what an engine wrote into the layout in `directory`. */
export async function describe(
  directory: string,
  engine: string,
  of: EngineCase
): Promise<EngineGolden> {
  const layout = await readLayout(directory)
  const [image] = layout.images
  if (image === undefined) throw new Error('the layout has no image')
  const known = knownContents(of)
  const blob = (digest: Digest): string => readFileSync(blobPath(directory, digest), 'utf8')
  const layers = []
  for (const layer of image.layers) layers.push(await describeLayer(layer, known))
  return {
    engine,
    layoutIndex: readFileSync(join(directory, 'index.json'), 'utf8'),
    nestedIndex: blob(onlyDigest(layout)),
    manifest: blob(image.descriptor.digest),
    config: blob(image.manifest.config.digest),
    layers
  }
}

/** Writes a recorded layer again, from its entries. */
export async function rewrite(entries: readonly GoldenEntry[]): Promise<WrittenLayer> {
  const directory = mkdtempSync(join(tmpdir(), 'stagex-golden-'))
  try {
    const writer = await LayerWriter.create(join(directory, 'layer'))
    for (const { content, capability, ...entry } of entries) {
      await writer.entry({
        ...entry,
        capability: capability ? Buffer.from(capability, 'hex') : undefined
      })
      if (content !== undefined) await writer.content(bytesOf(content))
    }
    return await writer.close()
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function bytesOf(content: ContentSpec | string): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : contentOf(content)
}

function onlyDigest(layout: Layout): Digest {
  const [descriptor] = layout.index.manifests
  if (descriptor === undefined) throw new Error('the layout lists nothing')
  return descriptor.digest
}

function knownContents({ context = [] }: EngineCase): Map<Digest, ContentSpec> {
  const specs = context.flatMap(({ content, tar = [] }) => [
    ...(content ? [content] : []),
    ...tar.map(({ size = 0 }): ContentSpec => ({ kind: 'text', size }))
  ])
  return new Map(specs.map((spec) => [sha256(contentOf(spec)), spec]))
}

async function describeLayer(
  { descriptor, diffId, path }: LayoutLayer,
  known: Map<Digest, ContentSpec>
): Promise<GoldenLayer> {
  const entries: GoldenEntry[] = []
  for await (const { entry, content } of readTar(gunzip(createReadStream(path), Infinity))) {
    const pieces = []
    for await (const piece of content) pieces.push(Buffer.from(piece))
    const { mtimeNanoseconds, capability, ...rest } = entry
    if (mtimeNanoseconds !== 0) throw new Error('a layer has no parts of seconds')
    entries.push({
      ...rest,
      ...(capability ? { capability: Buffer.from(capability).toString('hex') } : {}),
      ...(entry.size > 0 ? { content: contentName(Buffer.concat(pieces), known) } : {})
    })
  }
  return { diffId, digest: descriptor.digest, size: descriptor.size, entries }
}

function contentName(bytes: Buffer, known: Map<Digest, ContentSpec>): ContentSpec | string {
  const spec = known.get(sha256(bytes))
  if (spec) return spec
  if (bytes.length > 1000) throw new Error('content that the case does not name')
  return bytes.toString('utf8')
}
