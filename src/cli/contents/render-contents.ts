import type { ImageFile } from '../../oci/image-tree.js'
import type { ChangedFile, TreeDifference } from '../../oci/tree-difference.js'
import type { Paint } from '../paint.js'
import { counted, readableSize } from '../readable.js'
import { fileColumns, octal, shownPath } from './file-view.js'

/** A line for each file, and how many and how much they are. */
export function renderFiles(files: readonly ImageFile[]): string {
  const regular = files.filter(({ type }) => type === 'file')
  const size = regular.reduce((sum, file) => sum + file.size, 0)
  const entries = files.length === 1 ? '1 entry' : `${files.length} entries`
  return [
    ...lines(files).map((line) => `${line}\n`),
    `${entries}, ${counted(regular.length, 'file')}, ${readableSize(size)}\n`
  ].join('')
}

/** `-` for what only the first image has, `+` for what only the second has, `~` for what differs. */
export function renderDifference(
  { removed, added, changed }: TreeDifference,
  paint: Paint
): string {
  const one = lines([...removed, ...added])
  return [
    ...one.map((line, index) =>
      index < removed.length ? paint.bad(`- ${line}`) : paint.good(`+ ${line}`)
    ),
    ...changed.map((file) => paint.doubtful(`~ ${changeLine(file)}`)),
    `${removed.length} removed, ${added.length} added, ${changed.length} changed`
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function lines(files: readonly ImageFile[]): string[] {
  const rows = files.map(fileColumns)
  const owner = rows.reduce((width, row) => Math.max(width, row[1].length), 0)
  const size = rows.reduce((width, row) => Math.max(width, row[2].length), 0)
  return rows.map((row) => [row[0], row[1].padEnd(owner), row[2].padStart(size), row[3]].join(' '))
}

function changeLine({ before, after }: ChangedFile): string {
  const facts: [what: string, of: (file: ImageFile) => string][] = [
    ['type', ({ type }) => type],
    ['mode', ({ mode }) => octal(mode)],
    ['owner', ({ uid, gid }) => `${uid}:${gid}`],
    ['size', ({ size }) => String(size)],
    ['target', ({ target }) => shownPath(target ?? '')],
    ['device', ({ device }) => (device ?? []).join(',')],
    ['capability', ({ capability }) => capability ?? 'none']
  ]
  const told = facts.flatMap(([what, of]) =>
    of(before) === of(after) ? [] : [`${what} ${of(before)} → ${of(after)}`]
  )
  // Of another size it has another content, too; that need not be said.
  const sameSize = before.size === after.size && before.type === after.type
  if (sameSize && before.digest !== after.digest) told.push('content')
  return `${shownPath(after.path)}: ${told.join(', ')}`
}
