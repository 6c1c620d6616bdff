import type { ImageFile } from '../../../oci/image-tree.js'
import { textOfBytes } from '../../../base/byte-string.js'
import type { ImageRule } from '../rule.js'

/** A program with more rights than whoever starts it. */
export const setuidFile: ImageRule = {
  name: 'setuid-file',
  on: 'image',
  level: 'warning',
  summary: 'A file that is started with the rights of another user',
  reason: `
A program with the set-user-id or set-group-id bit, or with a file capability, runs with its owner's rights whoever
starts it, so that a mistake in it is everybody's way to these rights. Few programs need that, and fewer in a container.
Remove the bit (\`COPY --chmod=0755\`), or allow the path and say what needs it.`,
  bad: {
    Containerfile: `FROM scratch AS package
COPY --chmod=4755 <<su /usr/bin/su
su
`
  },
  good: {
    Containerfile: `FROM scratch AS package
COPY --chmod=0755 <<su /usr/bin/su
su
`
  },
  *check({ files }) {
    for (const file of files.values()) {
      const message = whatItHas(file)
      if (message === undefined) continue
      yield { path: `/${textOfBytes(file.path)}`, message, expected: 'an ordinary file' }
    }
  }
}

const SET_USER_ID = 0o4000
const SET_GROUP_ID = 0o2000

/** A folder with the set-group-id bit only hands down its group. */
function whatItHas({ type, mode, capability }: ImageFile): string | undefined {
  if (type !== 'file') return undefined
  if ((mode & SET_USER_ID) !== 0) return 'files with the set-user-id bit'
  if ((mode & SET_GROUP_ID) !== 0) return 'files with the set-group-id bit'
  return capability === undefined ? undefined : 'files with capabilities'
}
