import type { ByteString } from '../../base/byte-string.js'
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
