import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { chmodSync, linkSync, lutimesSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../../src/base/order.js'

/** Something to put into a folder: each entry's path has its folders before it. */
export type TreeEntry = { readonly path: string; readonly mode: number; readonly time: number } & (
  | { readonly kind: 'file'; readonly content: Buffer }
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'hard link'; readonly target: string }
)

/** Names of a few and of many bytes, of few different letters so that some sort closely. */
const name = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-cA. _=-]{1,6}$/).filter(isName) },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z]{60,90}$/) },
  { weight: 1, arbitrary: fc.constantFrom('ünïcode', 'new\nline', '日本', 'x'.repeat(200)) }
)

function isName(text: string): boolean {
  return text !== '.' && text !== '..' && !text.startsWith('-')
}

const common = { mode: fc.nat(0o777), time: fc.integer({ min: 1, max: 0x7fffffff }) }

/** Random trees: files of all sizes around a tar block, folders in folders, links of both kinds. */
export const tree: fc.Arbitrary<readonly TreeEntry[]> = fc
  .array(
    fc.record({
      name,
      kind: fc.constantFrom('file', 'file', 'folder', 'folder', 'link', 'hard link'),
      pick: fc.nat(),
      content: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.uint8Array({ minLength: 510, maxLength: 514 }),
        fc.uint8Array({ minLength: 1000, maxLength: 3000 })
      ),
      target: fc.oneof(name, fc.constantFrom('/etc/passwd', '../../out', 'y'.repeat(150))),
      ...common
    }),
    { maxLength: 14 }
  )
  .map((drafts) => {
    const entries: TreeEntry[] = []
    const folders = ['']
    for (const draft of drafts) {
      const path = `${folders[draft.pick % folders.length] ?? ''}${draft.name}`
      if (entries.some((entry) => entry.path === path)) continue
      // Readable, so that any user can pack the tree, and removable.
      const mode = draft.mode | (draft.kind === 'folder' ? 0o700 : 0o600)
      const base = { path, mode, time: draft.time }
      const files = entries.filter((entry) => entry.kind === 'file')
      if (draft.kind === 'folder') folders.push(`${path}/`)
      const target = files[draft.pick % Math.max(1, files.length)]?.path
      if (draft.kind === 'folder') entries.push({ ...base, kind: 'folder' })
      else if (draft.kind === 'link') entries.push({ ...base, kind: 'link', target: draft.target })
      else if (draft.kind === 'hard link' && target !== undefined)
        entries.push({ ...base, kind: 'hard link', target })
      else entries.push({ ...base, kind: 'file', content: Buffer.from(draft.content) })
    }
    return entries
  })

/** Puts the entries into a folder; times and folders' permissions last. */
export function plant(folder: string, entries: readonly TreeEntry[]): void {
  for (const entry of entries) {
    const path = join(folder, entry.path)
    if (entry.kind === 'folder') mkdirSync(path)
    else if (entry.kind === 'link') symlinkSync(entry.target, path)
    else if (entry.kind === 'hard link') linkSync(join(folder, entry.target), path)
    else writeFileSync(path, entry.content)
  }
  for (const entry of [...entries].reverse()) {
    const path = join(folder, entry.path)
    if (entry.kind === 'file' || entry.kind === 'folder') chmodSync(path, entry.mode)
    lutimesSync(path, entry.time, entry.time)
  }
}

/** What `describeTree` is to look at beside kinds, contents and targets. */
export interface Aspects {
  readonly modes: boolean
  readonly times: boolean
}

/** One line for each thing in a folder, sorted by path; equal for equal trees. */
export function describeTree(folder: string, aspects: Aspects): readonly string[] {
  const lines: string[] = []
  const visit = (relative: string): void => {
    for (const name of readdirSync(join(folder, relative)).sort(byCodeUnit)) {
      const path = relative === '' ? name : `${relative}/${name}`
      const stat = lstatSync(join(folder, path))
      const mode = aspects.modes && !stat.isSymbolicLink() ? (stat.mode & 0o7777).toString(8) : ''
      const time = aspects.times ? Math.floor(stat.mtimeMs / 1000) : ''
      lines.push([JSON.stringify(path), mode, time, describeEntry(folder, path)].join(' '))
      if (stat.isDirectory()) visit(path)
    }
  }
  visit('')
  return lines
}

function describeEntry(folder: string, path: string): string {
  const full = join(folder, path)
  const stat = lstatSync(full)
  if (stat.isSymbolicLink()) return `-> ${readlinkSync(full)}`
  if (stat.isDirectory()) return 'folder'
  const digest = createHash('sha256').update(readFileSync(full)).digest('hex')
  return `${digest} links=${statSync(full).nlink}`
}
