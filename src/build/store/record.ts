import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from '../../base/read-if-there.js'
import { hexOf, sha256, type Digest } from '../../oci/digest.js'
import { replaceFile } from '../../base/write-file.js'
import type { RecordKind } from './record-kind.js'
import type { Session } from './session.js'
import type { Store } from './store.js'

/**
 * Remembers what the inputs named by `key` gave. The value must be plain JSON data.
 */
export function writeRecord(
  store: Store,
  session: Pick<Session, 'next'>,
  kind: RecordKind,
  key: Digest,
  value: unknown
): void {
  const json = JSON.stringify(value)
  const path = recordPath(store, kind, key)
  replaceFile(path, `${sha256(json)}\n${json}`, session.next('record'))
}

/**
 * What was remembered under `key`, or undefined. A record that is damaged is removed and counts as
 * never written.
 */
export function readRecord(store: Store, kind: RecordKind, key: Digest): unknown {
  const path = recordPath(store, kind, key)
  const text = readIfThere(path)
  if (text === undefined) return undefined
  const end = text.indexOf('\n')
  const json = text.slice(end + 1)
  if (text.slice(0, end) === sha256(json)) return JSON.parse(json)
  rmSync(path, { force: true })
  return undefined
}

function recordPath(store: Store, kind: RecordKind, key: Digest): string {
  return join(store.records, kind, hexOf(key))
}
