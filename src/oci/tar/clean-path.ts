import type { ByteString } from '../../base/byte-string.js'

/**
 * The path that an archive's entry name means, in the form of {@link TarEntry.path}: relative, without empty
 * and `.` components, `..` resolved by name alone. The root itself is the empty string.
 * @returns undefined for a name that leads out of the root
 */
export function cleanPath(name: ByteString): ByteString | undefined {
  const parts: string[] = []
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}
