import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../../base/write-file.js'
import { readKeyFile } from '../keys/read-keys.js'
import { armored, isArmored } from '../openpgp/armor.js'
import { writeTransferableKey } from '../openpgp/transferable-key.js'
import type { RefreshedKey } from './refresh-keys.js'

/**
 * Writes keys with their news over their files; the other keys of a file stay.
 * @param process makes the names of temporary files differ from those of other processes
 * @returns the files that were written
 */
export function writeRefreshedKeys(
  root: string,
  refreshed: readonly RefreshedKey[],
  process: number
): string[] {
  const files = [
    ...new Set(refreshed.flatMap(({ file, merged }) => (merged && file ? [file] : [])))
  ]
  const news = new Map(refreshed.map(({ listed, merged }) => [listed.fingerprint, merged]))
  for (const file of files) {
    const path = join(root, file)
    const keys = readKeyFile(path).map((key) => news.get(key.primary.fingerprint) ?? key)
    const bytes = Buffer.concat(keys.map(writeTransferableKey))
    const text = isArmored(readFileSync(path))
    replaceFile(path, text ? armored(bytes) : bytes, `${path}.${process}`)
  }
  return files
}
