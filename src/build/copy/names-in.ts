import { readdirSync } from 'node:fs'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import { byCodeUnit } from '../../base/order.js'

/** The names in a folder, in byte order. */
export function namesIn(folder: ByteString): ByteString[] {
  return readdirSync(fsPath(folder), { encoding: 'latin1' }).sort(byCodeUnit)
}
