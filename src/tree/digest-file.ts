import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replaceFile } from '../base/write-file.js'
import { byCodeUnit } from '../base/order.js'
import { readText } from './read-text.js'
import { TreeError } from './tree-error.js'

/** Digests of images by name, as 64 hexadecimal digits. */
export type DigestTable = ReadonlyMap<string, string>

/** The file that holds the digests of a stage's images. */
export function digestFile(root: string, stage: string): string {
  return join(root, 'digests', `${stage}.txt`)
}

/**
 * Reads `digests/<stage>.txt`: a line `<64 hex> <image>` for each image. A file that is not there is an
 * empty one.
 * @throws TreeError `tree/bad-digest-file` with the line
 */
export function readDigestFile(file: string): DigestTable {
  return parseDigestTable(readIfThere(file), file)
}

/**
 * Reads the text of a digest file; `file` names it in errors.
 * @throws TreeError `tree/bad-digest-file` with the line
 */
export function parseDigestTable(text: string, file: string): DigestTable {
  const table = new Map<string, string>()
  text.split('\n').forEach((line, index) => {
    if (line === '') return
    const [, hex, name] = /^([0-9a-f]{64}) ([a-z0-9][a-zA-Z0-9._+-]*)$/.exec(line) ?? []
    if (hex === undefined || name === undefined) throw badLine(file, index + 1, line)
    table.set(name, hex)
  })
  return table
}

/** The text of a digest file: sorted by name, so that equal tables are equal files. */
export function formatDigests(table: DigestTable): string {
  const rows = [...table].sort(([a], [b]) => byCodeUnit(a, b))
  return rows.map(([name, hex]) => `${hex} ${name}\n`).join('')
}

/** Writes a digest file anew; `temporary` as in {@link replaceFile}. */
export function writeDigestFile(file: string, table: DigestTable, temporary: string): void {
  mkdirSync(dirname(file), { recursive: true })
  replaceFile(file, formatDigests(table), temporary)
}

function readIfThere(file: string): string {
  const result = readText(file)
  if (result.text !== undefined) return result.text
  if (result.unusable === undefined) return ''
  const { message, expected, found } = result.unusable
  throw new TreeError('tree/bad-digest-file', `cannot read digests: ${message}`, {
    where: file,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
    hint: 'stagex digests --write makes it anew, once it is removed'
  })
}

function badLine(file: string, line: number, found: string): TreeError {
  return new TreeError('tree/bad-digest-file', 'cannot read a line of digests', {
    where: `${file}:${line}:1`,
    expected: '64 lower-case hexadecimal digits, a space, the image’s name',
    found: found.slice(0, 120),
    kind: 'usage'
  })
}
