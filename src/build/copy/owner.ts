import type { ByteString } from '../../base/byte-string.js'
import { findUser } from '../run/user.js'

/** Who owns a file. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * The owner that `--chown`, or USER for WORKDIR, names. A number without a group is the group's number too,
 * whatever the image's `/etc/passwd` says, and an empty group is root's; the rest is looked up there.
 * @param root the tree of the image
 * @param text `name|number[:group|number]`; '' is root
 * @throws BuildError `build/unknown-user`
 */
export function ownerNamed(root: ByteString, text: string, where: string): Owner {
  const [user = '', group] = text.split(':')
  const named = group === '' ? `${user}:0` : /^\d{1,10}$/.test(text) ? `${user}:${user}` : text
  const { uid, gid } = findUser(root, named, where)
  return { uid, gid }
}
