import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of the repository. */
export const repository = resolve(import.meta.dirname, '../..')

/** A file that git tracks, as it lies in the work tree. */
interface TrackedFile {
  readonly path: string
  readonly bytes: Buffer
}

/** Every regular file that git tracks and that is there. */
export function trackedFiles(): TrackedFile[] {
  const names = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' })
  return names
    .split('\0')
    .filter((path) => path !== '')
    .filter((path) => lstatSync(join(repository, path), { throwIfNoEntry: false })?.isFile())
    .map((path) => ({ path, bytes: readFileSync(join(repository, path)) }))
}
