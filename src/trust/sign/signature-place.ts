import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../base/make-folder.js'
import { createFile } from '../../base/write-file.js'
import { folderSource } from '../sources/folder-source.js'
import type { SignatureSource } from '../sources/signature-source.js'

/** Where new signatures go. */
export interface SignaturePlace {
  /** What lies there already. */
  readonly source: SignatureSource
  /**
   * Puts a signature at the first free number, so that neither one is lost nor a gap is left.
   * @param folder of the image's signatures, relative to the place
   * @returns where it is now, for people
   */
  add(folder: string, bytes: Uint8Array): string
}

/**
 * A folder such as a tree's `signatures/`, into which several may sign at a time.
 * @param process makes the names of temporary files differ from those of other processes
 */
export function folderPlace(root: string, process: number): SignaturePlace {
  return {
    source: folderSource(root),
    add: (path, bytes) => {
      const folder = join(root, path)
      makeFolder(folder)
      const temporary = join(folder, `.new-${process}`)
      rmSync(temporary, { force: true })
      // Whoever comes second to a number finds it taken and goes on.
      for (let number = 1; ; number++) {
        const file = join(folder, `signature-${number}`)
        if (createFile(file, bytes, temporary)) return file
      }
    }
  }
}
