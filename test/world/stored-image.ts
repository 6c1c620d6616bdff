import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repository } from '../house/repository.js'

const stagex = (...words: string[]): ReturnType<typeof spawnSync> =>
  spawnSync(join(repository, 'stagex'), ['--root', repository, ...words], { encoding: 'utf8' })

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
  if (status !== 0) throw new Error(`stagex build ${image}: ${String(stderr)}`)
  return join(out, image)
}
