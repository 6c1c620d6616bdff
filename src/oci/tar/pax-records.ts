import type { ByteString } from '../../base/byte-string.js'
import { OciError } from '../error.js'
import { byCodeUnit } from '../../base/order.js'

/** The record that carries a file's capabilities. */
export const capabilityRecord = 'SCHILY.xattr.security.capability'

/** Extended header records by key. */
export type PaxRecords = ReadonlyMap<string, ByteString>

/** The records as they are written: each `length key=value\n`, sorted by key. */
export function encodePaxRecords(records: PaxRecords): ByteString {
  const sorted = [...records].sort(([a], [b]) => byCodeUnit(a, b))
  return sorted.map(([key, value]) => encodeRecord(key, value)).join('')
}

/** The length counts the whole record, its own digits included. */
function encodeRecord(key: string, value: ByteString): ByteString {
  const rest = ` ${key}=${value}\n`
  let length = rest.length + String(rest.length).length
  if (String(length).length + rest.length !== length) length++
  return `${length}${rest}`
}

/**
 * Reads the data of an extended header.
 * @param where for errors
 * @throws OciError `tar/bad-pax`
 */
export function parsePaxRecords(data: Uint8Array, where: string): PaxRecords {
  const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
  const records = new Map<string, ByteString>()
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(' ', start)
    const digits = text.slice(start, Math.min(space, start + 8))
    const end = start + Number(digits)
    const equals = text.indexOf('=', space)
    const isWhole = space !== -1 && /^[1-9][0-9]*$/.test(digits) && text[end - 1] === '\n'
    if (!isWhole || equals === -1 || equals >= end || end <= space) throw badPax(where)
    // An empty value leaves what the plain header says.
    if (end - 1 > equals + 1)
      records.set(text.slice(space + 1, equals), text.slice(equals + 1, end - 1))
    start = end
  }
  return records
}

function badPax(where: string): OciError {
  return new OciError('tar/bad-pax', 'an extended header is malformed', { where })
}
