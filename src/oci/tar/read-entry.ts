import { type ByteString, textOfBytes } from '../../base/byte-string.js'
import { OciError } from '../error.js'
import type { ArchiveEntry, TarEntryType } from './entry.js'
import type { Extensions } from './extensions.js'
import { capabilityRecord, type PaxRecords } from './pax-records.js'
import type { RawHeader } from './read-header.js'
import { typeOfFlag } from './type-flag.js'

/**
 * Puts together what an entry's header and the extended headers before it say.
 * @throws OciError `tar/…`
 */
export function entryOf(header: RawHeader, extensions: Extensions, where: string): ArchiveEntry {
  const { records, longName, longLink } = extensions
  const name = longName ?? records.get('path') ?? header.name
  refuseSparse(header, records, name)
  const type = entryType(header, name, where)
  const isLink = type === 'symlink' || type === 'hardlink'
  return {
    path: name.replace(/\/+$/, ''),
    type,
    mode: header.mode & 0o7777,
    uid: integerRecord(records, 'uid', where) ?? header.uid,
    gid: integerRecord(records, 'gid', where) ?? header.gid,
    size: type === 'file' ? (integerRecord(records, 'size', where) ?? header.size) : 0,
    ...timeOf(header, records, where),
    linkname: isLink ? (longLink ?? records.get('linkpath') ?? header.linkname) : undefined,
    devmajor: header.devmajor,
    devminor: header.devminor,
    capability: capabilityOf(records)
  }
}

function entryType(header: RawHeader, name: ByteString, where: string): TarEntryType {
  const type = typeOfFlag(header.typeFlag)
  if (type === undefined) {
    throw new OciError('tar/unsupported-type', 'an entry of a type that makes no file', {
      where: `${where}: ${textOfBytes(name)}`,
      found: `type ${header.typeFlag}`
    })
  }
  // Before POSIX a directory was a file whose name ends in a slash.
  return type === 'file' && name.endsWith('/') ? 'directory' : type
}

function refuseSparse(header: RawHeader, records: PaxRecords, name: ByteString): void {
  const isSparse =
    header.typeFlag === 'S' || [...records.keys()].some((key) => key.startsWith('GNU.sparse.'))
  if (!isSparse) return
  throw new OciError('tar/sparse', 'sparse files are not supported', {
    where: textOfBytes(name),
    hint: 'pack the archive without --sparse'
  })
}

function integerRecord(records: PaxRecords, key: string, where: string): number | undefined {
  const text = records.get(key)
  if (text === undefined) return undefined
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : NaN
  if (Number.isSafeInteger(value)) return value
  throw badRecord(key, text, where)
}

function timeOf(
  header: RawHeader,
  records: PaxRecords,
  where: string
): { mtime: number; mtimeNanoseconds: number } {
  const text = records.get('mtime')
  if (text === undefined) return { mtime: header.mtime, mtimeNanoseconds: 0 }
  const match = /^(-?)([0-9]{1,15})(?:\.([0-9]*))?$/.exec(text)
  if (match === null) throw badRecord('mtime', text, where)
  const [, sign = '', whole = '', fraction = ''] = match
  const seconds = Number(whole)
  const nanoseconds = Number(fraction.slice(0, 9).padEnd(9, '0'))
  if (sign === '') return { mtime: seconds, mtimeNanoseconds: nanoseconds }
  // The nanoseconds count forward from the second before.
  if (nanoseconds === 0) return { mtime: 0 - seconds, mtimeNanoseconds: 0 }
  return { mtime: -seconds - 1, mtimeNanoseconds: 1e9 - nanoseconds }
}

function capabilityOf(records: PaxRecords): Uint8Array | undefined {
  const value = records.get(capabilityRecord)
  return value === undefined ? undefined : Buffer.from(value, 'latin1')
}

function badRecord(key: string, found: string, where: string): OciError {
  return new OciError('tar/bad-pax', `an extended header's ${key} is not a number`, {
    where,
    found
  })
}
