import { textOfBytes } from '../../base/byte-string.js'
import { OciError } from '../error.js'
import type { TarEntry } from './entry.js'
import { octalLimit } from './header.js'

/**
 * Checks that an entry can be written and read back as it is.
 * @throws OciError `tar/bad-entry`
 */
export function checkEntry(entry: TarEntry): void {
  const fault = faultOf(entry)
  if (fault === undefined) return
  throw new OciError('tar/bad-entry', `not a valid layer entry: ${fault}`, {
    where: textOfBytes(entry.path)
  })
}

/** A leading slash, or an empty, `.` or `..` component. */
const uncleanPath = /(^|\/)\.{0,2}(\/|$)/
/** NUL ends a name early; above U+00FF it is text, not a byte string. */
const notBytes = /[^\u0001-\u00ff]/

function faultOf(entry: TarEntry): string | undefined {
  const isLink = entry.type === 'symlink' || entry.type === 'hardlink'
  if (uncleanPath.test(entry.path) || notBytes.test(entry.path)) return 'the path is not clean'
  if (notBytes.test(entry.linkname ?? '')) return 'the link name is not a byte string'
  if (isLink !== ((entry.linkname ?? '') !== '')) return 'links, and only links, have a link name'
  if (entry.type !== 'file' && entry.size !== 0) return 'only a file has content'
  return numberFaultOf(entry)
}

function numberFaultOf(entry: TarEntry): string | undefined {
  if (!isCount(entry.mode, 0o10000)) return 'the mode has more than permission bits'
  for (const field of ['uid', 'gid', 'size'] as const) {
    if (!isCount(entry[field], Number.MAX_SAFE_INTEGER)) return `${field} is out of range`
  }
  for (const field of ['devmajor', 'devminor'] as const) {
    if (!isCount(entry[field] ?? 0, octalLimit('devmajor'))) return `${field} is out of range`
  }
  return Number.isSafeInteger(entry.mtime) ? undefined : 'the time is not in whole seconds'
}

function isCount(value: number, limit: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < limit
}
