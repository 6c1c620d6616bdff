import { StagexError } from '../../base/error.js'
import { BuildError } from '../build-error.js'

/** What of the system's errors is about the files that are copied, not about this program or the machine. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be read',
  EPERM: 'it is not allowed',
  ENAMETOOLONG: 'a name is too long',
  ENOENT: 'it is not there',
  ENOTDIR: 'something in the path is no folder',
  ELOOP: 'symbolic links run in circles',
  EMLINK: 'a file has too many names',
  EINVAL: 'its owner or name is not valid here',
  EOVERFLOW: 'its owner has no id in this build',
  EFBIG: 'it is too large',
  EIO: 'it cannot be read'
}

/** The error of a copy with a code: `build/copy-failed` for what the system refused. */
export function readableError(error: unknown, where: string): unknown {
  if (error instanceof StagexError) return error
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  const found = code === undefined ? undefined : reasons[code]
  if (found === undefined) return error
  return new BuildError('build/copy-failed', 'a file cannot be copied', {
    where,
    found: `${found}: ${[path, dest].filter((each) => each !== undefined).join(' → ')}`,
    cause: error
  })
}
