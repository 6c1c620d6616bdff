import { type ByteString, textOfBytes } from '../base/byte-string.js'
import { byCodeUnit } from '../base/order.js'
import { type Digest, Digester } from './digest.js'
import { OciError } from './error.js'
import { readLayer } from './layer-reader.js'
import type { LayoutImage, LayoutLayer } from './layout-reader.js'
import { cleanPath } from './tar/clean-path.js'
import type { ArchiveEntry, TarEntryType } from './tar/entry.js'
import type { ArchiveMember } from './tar/reader.js'

/** A file as a container of an image sees it; its time is left out. */
export interface ImageFile {
  /** Relative to the root, which itself is the empty string. */
  readonly path: ByteString
  readonly type: Exclude<TarEntryType, 'hardlink'>
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes of content; 0 for everything but a file. */
  readonly size: number
  /** Of a file's content. */
  readonly digest?: Digest
  /** What a symbolic link says. */
  readonly target?: ByteString
  /** A device's major and minor number. */
  readonly device?: readonly [major: number, minor: number]
  /** The value of `security.capability`, in hexadecimal. */
  readonly capability?: string
}

/** No layer is larger; a stream that expands without end stops here. */
const largestTar = 2 ** 38
/** The longest path that Linux takes (PATH_MAX); a longer one could be in no container. */
const longestPath = 4096

/** Looks at the content of one file while it is read. */
export interface ContentReader {
  /** Gets the content in order, in pieces that it must not keep. */
  take(piece: Uint8Array): void
  /** Called after the last piece. */
  end(digest: Digest): void
}

/** Gives a reader for the next file's content, which a later layer may hide. */
export type ReadContent = (size: number) => ContentReader

/**
 * All files of an image, its layers laid over each other, in the order of their paths' bytes. Everything
 * in the layers is read and verified.
 * @throws OciError `blob/…`, `gzip/…`, `tar/…`, `layer/diff-id-mismatch`
 */
export async function readImageTree(
  image: Pick<LayoutImage, 'layers'>,
  readContent?: ReadContent
): Promise<ReadonlyMap<ByteString, ImageFile>> {
  const tree = new Map<ByteString, ImageFile>()
  for (const layer of image.layers) applyLayer(tree, await readChanges(layer, readContent))
  return new Map([...tree].sort(([a], [b]) => byCodeUnit(a, b)))
}

/** What a layer does to the files below it. */
class LayerChanges {
  readonly added = new Map<ByteString, ImageFile>()
  /** Gone, with all that was below them. */
  readonly removed = new Set<ByteString>()
  /** Folders that nothing of the layers below is seen in. */
  readonly opaque = new Set<ByteString>()
}

async function readChanges(
  layer: LayoutLayer,
  readContent: ReadContent | undefined
): Promise<LayerChanges> {
  const changes = new LayerChanges()
  for await (const member of readLayer(layer, { tarSize: largestTar })) {
    await addChange(changes, member, layer, readContent)
  }
  return changes
}

const whiteout = '.wh.'
const opaqueMark = '.wh..wh..opq'

async function addChange(
  changes: LayerChanges,
  { entry, content }: ArchiveMember,
  layer: LayoutLayer,
  readContent: ReadContent | undefined
): Promise<void> {
  const path = safePath(entry.path, layer)
  const slash = path.lastIndexOf('/')
  const [folder, name] = [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)]
  if (name === opaqueMark) changes.opaque.add(folder)
  else if (name.startsWith(whiteout)) {
    const hidden = name.slice(whiteout.length)
    changes.removed.add(folder === '' ? hidden : `${folder}/${hidden}`)
  } else if (entry.type === 'hardlink') {
    const linked = changes.added.get(safePath(entry.linkname ?? '', layer))
    if (linked === undefined) throw badEntry('a hard link to nothing in its layer', entry, layer)
    changes.added.set(path, { ...linked, path })
  } else {
    const file = fileOf(path, entry)
    changes.added.set(path, file.type === 'file' ? await read(file, content, readContent) : file)
  }
}

function safePath(name: ByteString, layer: LayoutLayer): ByteString {
  const path = cleanPath(name)
  if (path !== undefined && path.length <= longestPath) return path
  throw badEntry('a path that no container can have', { path: name }, layer)
}

function badEntry(
  message: string,
  { path }: Pick<ArchiveEntry, 'path'>,
  layer: LayoutLayer
): OciError {
  return new OciError('tar/bad-entry', message, {
    where: layer.descriptor.digest,
    found: textOfBytes(path.slice(0, 200))
  })
}

async function read(
  file: ImageFile,
  content: AsyncIterable<Uint8Array>,
  readContent: ReadContent | undefined
): Promise<ImageFile> {
  const reader = readContent?.(file.size)
  const digester = new Digester()
  for await (const piece of content) {
    digester.update(piece)
    reader?.take(piece)
  }
  const digest = digester.digest()
  reader?.end(digest)
  return { ...file, digest }
}

function fileOf(path: ByteString, entry: ArchiveEntry): ImageFile {
  const { mode, uid, gid, size, linkname, devmajor = 0, devminor = 0, capability } = entry
  // A hard link was resolved before it came here.
  const type = entry.type === 'hardlink' ? 'file' : entry.type
  const isDevice = type === 'character-device' || type === 'block-device'
  return {
    ...{ path, type, mode, uid, gid, size },
    ...(type === 'symlink' && { target: linkname ?? '' }),
    ...(isDevice && { device: [devmajor, devminor] as const }),
    ...(capability !== undefined && { capability: Buffer.from(capability).toString('hex') })
  }
}

/** Whiteouts hide what is in lower layers only, wherever in their own layer they stand. */
function applyLayer(
  tree: Map<ByteString, ImageFile>,
  { added, removed, opaque }: LayerChanges
): void {
  for (const [path, file] of added) {
    const replacesFolder = file.type !== 'directory' && tree.get(path)?.type === 'directory'
    if (replacesFolder) removed.add(path)
  }
  if (removed.size > 0 || opaque.size > 0) {
    for (const path of tree.keys()) if (isHidden(path, removed, opaque)) tree.delete(path)
  }
  for (const [path, file] of added) tree.set(path, file)
}

function isHidden(
  path: ByteString,
  removed: ReadonlySet<ByteString>,
  opaque: ReadonlySet<ByteString>
): boolean {
  if (removed.has(path)) return true
  if (path !== '' && opaque.has('')) return true
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end)
    if (removed.has(folder) || opaque.has(folder)) return true
  }
  return false
}
