import { textOfBytes } from '../../../base/byte-string.js'
import type { ImageFile } from '../../../oci/image-tree.js'
import type { ImageRule } from '../rule.js'

/** A file that any user may change. */
export const worldWritableFile: ImageRule = {
  name: 'world-writable-file',
  on: 'image',
  level: 'warning',
  summary: 'A file or folder that every user may write to',
  reason: `
In a container that runs as an ordinary user, whoever takes over one process can change such a file for all others.
A folder that all are to write to, as \`/tmp\`, has the sticky bit (mode 1777), so that nobody can remove the files of
others.`,
  bad: {
    Containerfile: `FROM scratch AS package
COPY --chmod=0666 <<settings /etc/settings
colour = blue
settings
`
  },
  good: {
    Containerfile: `FROM scratch AS package
COPY --chmod=0644 <<settings /etc/settings
colour = blue
settings
`
  },
  *check({ files }) {
    for (const file of files.values()) {
      if (!isOpen(file)) continue
      yield {
        path: `/${textOfBytes(file.path)}`,
        message:
          file.type === 'directory'
            ? 'folders that all may write to'
            : 'files that all may write to',
        expected: file.type === 'directory' ? 'mode 0755, or 1777' : 'mode 0644 or 0755'
      }
    }
  }
}

const OTHERS_WRITE = 0o2
const STICKY = 0o1000

function isOpen({ type, mode }: ImageFile): boolean {
  if ((mode & OTHERS_WRITE) === 0) return false
  return type === 'file' || (type === 'directory' && (mode & STICKY) === 0)
}
