import { type ByteString, isAscii } from '../../base/byte-string.js'
import type { TarEntry } from './entry.js'
import { type HeaderFields, headerLayout, octalLimit } from './header.js'
import { capabilityRecord, type PaxRecords } from './pax-records.js'
import { typeFlags } from './type-flag.js'

/** An entry as it is written: its header, and the extended header before it if it needs one. */
export interface EncodedEntry {
  readonly header: HeaderFields
  readonly extended?: { readonly name: ByteString; readonly records: PaxRecords }
}

const nameLength = headerLayout.name[1]
const prefixLength = headerLayout.prefix[1]

/** Decides how an entry is written: a plain header wherever one can hold it (docs/format.md, "Tar"). */
export function encodeEntry(entry: TarEntry): EncodedEntry {
  const name = entry.type === 'directory' ? `${entry.path}/` : entry.path
  const header = { ...fieldsOf(entry), name }
  const { records, needed } = recordsOf(entry, name)
  if (!needed) return { header: { ...header, ...splitName(name) } }
  return {
    header: { ...header, name: asciiOf(name), linkname: asciiOf(entry.linkname ?? '') },
    extended: { name: extendedName(name), records }
  }
}

function fieldsOf(entry: TarEntry): Omit<HeaderFields, 'name'> {
  return {
    typeFlag: typeFlags[entry.type],
    linkname: entry.linkname ?? '',
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    size: entry.size,
    mtime: entry.mtime,
    devmajor: entry.devmajor ?? 0,
    devminor: entry.devminor ?? 0
  }
}

/**
 * The records that an extended header would have, and whether there has to be one. A long name that a plain
 * header could hold in two parts gets a record only when something else needs the extended header.
 */
function recordsOf(entry: TarEntry, name: ByteString): { records: PaxRecords; needed: boolean } {
  const records = new Map<string, ByteString>()
  const { linkname = '', capability } = entry
  if (!fitsPlain(linkname)) records.set('linkpath', linkname)
  for (const field of ['uid', 'gid', 'size', 'mtime'] as const) {
    const value = entry[field]
    if (value < 0 || value >= octalLimit(field)) records.set(field, String(value))
  }
  if (capability) records.set(capabilityRecord, Buffer.from(capability).toString('latin1'))
  const needed = records.size > 0 || splitName(name) === undefined
  if (!fitsPlain(name)) records.set('path', name)
  return { records, needed }
}

function fitsPlain(text: ByteString): boolean {
  return text.length <= nameLength && isAscii(text)
}

/** The name in two parts, the first possibly empty, that a plain header can hold; undefined if none can. */
function splitName(
  name: ByteString
): { readonly name: ByteString; readonly prefix: ByteString } | undefined {
  if (!isAscii(name)) return undefined
  if (name.length <= nameLength) return { name, prefix: '' }
  const end = name.endsWith('/') ? name.length - 1 : name.length
  const slash = name.lastIndexOf('/', Math.min(end, prefixLength + 1) - 1)
  const last = name.slice(slash + 1)
  if (slash <= 0 || last.length > nameLength) return undefined
  return { name: last, prefix: name.slice(0, slash) }
}

/** The extended header's own name: for a reader that does not know PAX, and would make a file of it. */
function extendedName(name: ByteString): ByteString {
  const slash = name.lastIndexOf('/')
  const base = name.slice(slash + 1)
  const full = `${name.slice(0, slash + 1)}PaxHeaders.0${base === '' ? '' : '/'}${base}`
  return asciiOf(full).slice(0, nameLength).replace(/\/+$/, '')
}

function asciiOf(text: ByteString): ByteString {
  return text.replace(/[\u0080-\u00ff]/g, '')
}
