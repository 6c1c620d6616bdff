import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesOfText } from '../../../src/base/byte-string.js'
import { StagexError } from '../../../src/base/error.js'
import { decompressed } from '../../../src/build/copy/archive/decompress.js'
import type { ImageRequest } from '../../../src/build/plan/image-request.js'
import { hexOf } from '../../../src/oci/digest.js'
import { readImageTree } from '../../../src/oci/image-tree.js'
import { readLayout } from '../../../src/oci/layout-reader.js'
import { readTar } from '../../../src/oci/tar/reader.js'

/** Where the files of a build may come from; each set holds SHA-256 digests, in hexadecimal. */
export interface Origins {
  /** The package's own folder. */
  readonly brought: ReadonlySet<string>
  /** Its declared sources, by the digests that it declares. */
  readonly declared: ReadonlySet<string>
  /** Programs (ELF) inside of the archives among these sources, however deep. */
  readonly packed: ReadonlySet<string>
  /** Archives inside of these that cannot be looked into, such as broken ones that try a reader. */
  readonly sealed: ReadonlySet<string>
  /** The images that it is built from. */
  readonly earlier: ReadonlySet<string>
}

/** @param out the folder with the layouts of the images that were built before */
export async function originsOf(request: ImageRequest, out: string): Promise<Origins> {
  const packed = new Set<string>()
  const sealed = new Set<string>()
  for (const { file } of request.sources) {
    const programs = packedPrograms(join(request.fetch, file), sealed)
    for await (const digest of programs) packed.add(digest)
  }
  const earlier = new Set<string>()
  for (const name of request.dependencies) {
    for (const digest of await digestsIn(join(out, name))) earlier.add(digest)
  }
  return {
    brought: new Set(filesBelow(request.context).map((file) => sha256(readFileSync(file)))),
    declared: new Set(request.sources.map(({ hash }) => hash)),
    packed,
    sealed,
    earlier
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

async function digestsIn(layout: string): Promise<string[]> {
  const { images } = await readLayout(layout)
  const trees = await Promise.all(images.map((image) => readImageTree(image)))
  return trees.flatMap((tree) =>
    [...tree.values()].flatMap(({ digest }) => (digest === undefined ? [] : [hexOf(digest)]))
  )
}

const elf = Buffer.from('\u007fELF')

/**
 * The digests of an archive's programs; archives that it holds are looked into, too.
 * @param sealed receives the digests of those of which that fails
 */
async function* packedPrograms(archive: string, sealed: Set<string>): AsyncGenerator<string> {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-packed-'))
  try {
    for await (const { entry, content } of readTar(decompressed(bytesOfText(archive)))) {
      if (entry.type !== 'file') continue
      const isArchive = /\.(?:tar(?:\.\w+)?|tgz)$/.test(entry.path)
      const inner = isArchive ? join(folder, 'inner') : undefined
      const digest = await digestOfProgram(content, inner)
      if (digest !== undefined) yield digest
      if (inner !== undefined) yield* innerPrograms(inner, sealed)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function* innerPrograms(archive: string, sealed: Set<string>): AsyncGenerator<string> {
  try {
    yield* packedPrograms(archive, sealed)
  } catch (error) {
    if (!(error instanceof StagexError)) throw error
    sealed.add(sha256(readFileSync(archive)))
  }
}

/** The digest of content that is a program. @param keep a file that receives the content */
async function digestOfProgram(
  content: AsyncIterable<Uint8Array>,
  keep: string | undefined
): Promise<string | undefined> {
  const hash = createHash('sha256')
  const kept = keep === undefined ? undefined : await open(keep, 'w')
  let start = Buffer.alloc(0)
  for await (const piece of content) {
    if (start.length < elf.length) start = Buffer.concat([start, piece.subarray(0, elf.length)])
    if (start.subarray(0, elf.length).equals(elf)) hash.update(piece)
    await kept?.write(piece)
  }
  await kept?.close()
  return start.subarray(0, elf.length).equals(elf) ? hash.digest('hex') : undefined
}
