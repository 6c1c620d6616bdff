import { constants } from 'node:fs'
import { copyFile, link } from 'node:fs/promises'

/** Gives a file a second name; where the file system cannot, as across devices, a copy. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    // EPERM: a file system without hard links, or another user's file (protected_hardlinks).
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EACCES'].includes(code)) throw error
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  }
}
