import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { join } from 'node:path'
import { repository } from '../house/repository.js'

const stagex = (...words: string[]): SpawnSyncReturns<string> =>
  spawnSync(join(repository, 'stagex'), ['--root', repository, ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28
  })

/** Whether the store of whoever runs the tests has an image of this tree, as it is defined now. */
export function isStored(image: string): boolean {
  return stagex('digests', image).status === 0
}

/**
 * Writes the layout of such an image, which takes no building.
 * @param out the folder to write it in
 * @returns the layout's folder
 */
export function layStoredImage(image: string, out: string): string {
  const { status, stderr } = stagex('build', '--progress=quiet', '--out', out, image)
  if (status !== 0) throw new Error(`stagex build ${image}: ${stderr}`)
  return join(out, image)
}

/** An entry of a stored image's file tree. */
export interface StoredFile {
  readonly path: string
  readonly type: string
}

/** What such an image holds. */
export function storedFiles(image: string): readonly StoredFile[] {
  const { status, stdout, stderr } = stagex('--json', 'contents', image)
  if (status !== 0) throw new Error(`stagex contents ${image}: ${stderr}`)
  return (JSON.parse(stdout) as { files: readonly StoredFile[] }).files
}
