import { lstatSync, lutimesSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteString, bytesOfText, fsPath } from '../../base/byte-string.js'
import { BuildError } from '../build-error.js'

/** Files of a mounted tree whose times of last access tell whether they were read since. */
export interface FileReads {
  /** The paths of those that were read, changed or removed. */
  readonly read: () => Set<ByteString>
}

/**
 * Sets the times of last access of files to 1970, so that the next one who reads a file sets a later one:
 * the kernel does so wherever a file was not read since it was last changed (mount(8), `relatime`). On an
 * overlay, this gives each of the files a copy of its own in the writable part, whose times are kept.
 * @param paths of regular files and symbolic links, without a slash in front; those that are not there are
 * passed over
 * @throws BuildError `build/unsupported` where the file system keeps no such times
 */
export function watchReads(root: string, paths: Iterable<ByteString>): FileReads {
  refuseWithoutTimes(root)
  const states = new Map<ByteString, string>()
  for (const path of paths) {
    const file = fsPath(join(bytesOfText(root), path))
    const stat = lstatSync(file, { throwIfNoEntry: false })
    if (stat === undefined) continue
    lutimesSync(file, 0, stat.mtimeMs / 1000)
    states.set(path, stateOf(file))
  }
  return {
    read: () => {
      const changed = [...states].filter(([path, state]) => {
        return stateOf(fsPath(join(bytesOfText(root), path))) !== state
      })
      return new Set(changed.map(([path]) => path))
    }
  }
}

/** The time of last access, and of the last change of any kind. */
function stateOf(file: string | Buffer): string {
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? '' : `${stat.atimeNs} ${stat.ctimeNs}`
}

function refuseWithoutTimes(root: string): void {
  const probe = join(root, '.stagex-read-probe')
  writeFileSync(probe, 'read me')
  try {
    lutimesSync(probe, 0, 0)
    const before = stateOf(probe)
    readFileSync(probe)
    if (stateOf(probe) !== before) return
    throw new BuildError('build/unsupported', 'the store’s file system keeps no times of reading', {
      where: root,
      expected: 'a file system that is not mounted with noatime',
      hint: 'use a store elsewhere: STAGEX_HOME=DIR'
    })
  } finally {
    rmSync(probe)
  }
}
