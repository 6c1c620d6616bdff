import { statfsSync } from 'node:fs'
import { BuildError } from '../build-error.js'

/** The system's words for a disk, or a user's share of it, that holds no more. */
const reasons: readonly unknown[] = ['ENOSPC', 'EDQUOT']

/** `store/full` in place of the system's error, where that says so; any other error as it is. */
export function asFullDisk(error: unknown): unknown {
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (error instanceof BuildError || !reasons.includes(code)) return error
  return fullDisk({ found: [code, syscall].join(' from '), cause: error }, path)
}

/**
 * What to say of a program that failed while the disk of the store was full, which programs tell each in their own
 * words: that is the reason to look into first.
 * @param found what the program said
 * @returns undefined where there is room
 */
export function fullDiskBehind(home: string, found: string): BuildError | undefined {
  const { bavail, bsize } = statfsSync(home)
  return bavail * bsize < nothing
    ? fullDisk({ found: found === '' ? 'a program that failed' : found }, home)
    : undefined
}

/** Bytes too few for anything. */
const nothing = 64 * 1024

function fullDisk(
  details: { found: string; cause?: unknown },
  where: string | undefined
): BuildError {
  return new BuildError('store/full', 'there is no room left on the disk', {
    ...details,
    ...(where === undefined ? {} : { where }),
    hint: 'free some space (stagex gc --keep SIZE) and build again: what is finished is kept'
  })
}
