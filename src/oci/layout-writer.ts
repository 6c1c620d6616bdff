import {
  chmod,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  rename,
  rm,
  stat,
  writeFile
} from 'node:fs/promises'
import { constants, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from '../base/make-folder.js'
import type { Blob } from './blob.js'
import { blobPath } from './blob-file.js'
import { OciError } from './error.js'
import { encodeLayoutIndex, type ImageIndex } from './image-index.js'

/** Everything in a layout: its index, and the blobs that can be reached from it. */
export interface LayoutContent {
  readonly index: ImageIndex
  readonly blobs: readonly Blob[]
}

/** The content of the file that marks a layout. */
const layoutMarker = '{"imageLayoutVersion":"1.0.0"}'

/**
 * Writes an OCI image layout at `directory`, in place of one that is there. It is built beside it and moved
 * into place when it is complete: a reader never finds half of one, though for an instant it may find none.
 * Blobs that are files are linked where the file system can, else copied.
 * @throws OciError `layout/exists` when something that is not a layout is in the way; `blob/size-mismatch`
 */
export async function writeLayout(directory: string, content: LayoutContent): Promise<void> {
  makeFolder(dirname(directory))
  checkReplaceable(directory)
  const temporary = await mkdtemp(join(dirname(directory), `.${basename(directory)}.partial-`))
  try {
    const built = join(temporary, 'new')
    await buildLayout(built, content)
    await moveIntoPlace(built, directory, join(temporary, 'old'))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function buildLayout(directory: string, content: LayoutContent): Promise<void> {
  await mkdir(join(directory, 'blobs', 'sha256'), { recursive: true, mode: 0o755 })
  const blobs = new Map(content.blobs.map((blob) => [blob.descriptor.digest, blob]))
  for (const blob of blobs.values()) await placeBlob(directory, blob)
  await writeFile(join(directory, 'index.json'), encodeLayoutIndex(content.index))
  await writeReadOnly(join(directory, 'oci-layout'), layoutMarker)
}

async function placeBlob(directory: string, { descriptor, source }: Blob): Promise<void> {
  const path = blobPath(directory, descriptor.digest)
  if ('bytes' in source) await writeReadOnly(path, source.bytes)
  else await linkOrCopy(source.path, path)
  const { size } = await stat(path)
  if (size === descriptor.size) return
  throw new OciError('blob/size-mismatch', 'a blob does not have its size', {
    where: descriptor.digest,
    expected: String(descriptor.size),
    found: String(size)
  })
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await chmod(to, 0o444)
  }
}

async function writeReadOnly(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content, { flag: 'wx' })
  await chmod(path, 0o444)
}

/**
 * Makes sure that a layout can be put there: only another one, or an empty folder, may be replaced.
 * @throws OciError `layout/exists`
 */
export function checkReplaceable(directory: string): void {
  const entries = namesIn(directory)
  if (entries?.length === 0 || entries?.includes('oci-layout') === true) return
  throw new OciError('layout/exists', 'something that is not an image layout is in the way', {
    where: directory,
    hint: 'remove it, or name another folder'
  })
}

/** The names in a folder, none when there is nothing of that name; undefined when it is no folder. */
function namesIn(directory: string): string[] | undefined {
  try {
    return readdirSync(directory)
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return []
    if (isSystemError(error, 'ENOTDIR')) return undefined
    throw error
  }
}

/** Another process may put its layout there between the two renames: then that one is replaced in turn. */
async function moveIntoPlace(built: string, directory: string, old: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await moveAway(directory, `${old}-${attempt}`)
      await rename(built, directory)
      return
    } catch (error) {
      if (attempt === 10 || !isSystemError(error, 'ENOTEMPTY')) throw error
    }
  }
}

async function moveAway(directory: string, to: string): Promise<void> {
  try {
    await rename(directory, to)
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error
  }
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
