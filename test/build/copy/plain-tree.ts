import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { CopyOptions } from '../../../src/build/copy/copy-tree.js'
import type { WritableTree } from '../../../src/build/snapshot/snapshot-store.js'

/** A tree as data: a text is a file, `{ to }` a symbolic link, anything else a folder. */
export interface PlainTree {
  readonly [name: string]: PlainTree | string | PlainLink
}

interface PlainLink {
  readonly to: string
}

/** Makes the tree's entries in a folder. */
export function makeTree(folder: string, tree: PlainTree): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, entry] of Object.entries(tree)) {
    const path = join(folder, name)
    if (typeof entry === 'string') writeFileSync(path, entry)
    else if (typeof entry['to'] === 'string') symlinkSync(entry['to'], path)
    else makeTree(path, entry as PlainTree)
  }
}

/** Reads a folder back as data. */
export function readTree(folder: string): PlainTree {
  const names = readdirSync(folder).sort()
  return Object.fromEntries(names.map((name) => [name, readEntry(join(folder, name))]))
}

function readEntry(path: string): PlainTree | string | PlainLink {
  const stat = lstatSync(path)
  if (stat.isDirectory()) return readTree(path)
  if (stat.isSymbolicLink()) return { to: readlinkSync(path) }
  return readFileSync(path, 'utf8')
}

/** A folder in the place of a mounted tree; nothing of a store is behind it. */
export function treeAt(root: string): WritableTree {
  const unused = (): Promise<never> => Promise.reject(new Error(`no store behind ${dirname(root)}`))
  return {
    root,
    capabilities: new Map(),
    findCapabilities: unused,
    commit: unused,
    discard: unused
  }
}

/** Who runs the tests: only root may give files away. */
export const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }

/** Copies that keep all there is to keep. */
export const asIs: CopyOptions = {
  owner: me,
  mode: undefined,
  ownedByRoot: false,
  capabilities: new Map()
}
