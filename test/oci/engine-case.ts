import {
  linkSync,
  lutimesSync,
  mkdirSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
  utimesSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { TarEntry } from '../../src/oci/tar/entry.js'
import { TarWriter } from '../../src/oci/tar/writer.js'
import { type ContentSpec, contentOf } from './content.js'

/** A build that the reference engine makes, with everything that goes in. */
export interface EngineCase {
  readonly name: string
  readonly containerfile: string
  readonly context?: readonly ContextItem[]
  /** `linux/amd64` when left out. */
  readonly platform?: string
}

/** Something in the build context; times are seconds since 1970, 1000000000 when left out. */
export interface ContextItem {
  readonly path: string
  readonly mode?: number
  readonly mtime?: number
  readonly content?: ContentSpec
  readonly symlink?: string
  readonly hardlink?: string
  readonly tar?: readonly (Partial<TarEntry> & { readonly path: string })[]
}

/** Lays out a case's context. */
export function writeContext(directory: string, { containerfile, context = [] }: EngineCase): void {
  writeFileSync(join(directory, 'Containerfile'), containerfile)
  for (const item of context) {
    const path = join(directory, item.path)
    mkdirSync(dirname(path), { recursive: true })
    if (item.symlink !== undefined) symlinkSync(item.symlink, path)
    else if (item.hardlink !== undefined) linkSync(join(directory, item.hardlink), path)
    else if (item.tar) writeFileSync(path, tarOf(item.tar))
    else if (item.content) writeFileSync(path, contentOf(item.content))
    else mkdirSync(path)
  }
  for (const item of [...context].reverse()) stamp(join(directory, item.path), item)
}

function stamp(path: string, { mode, mtime = 1_000_000_000, symlink }: ContextItem): void {
  if (symlink !== undefined) {
    lutimesSync(path, mtime, mtime)
    return
  }
  if (mode !== undefined) chmodSync(path, mode)
  utimesSync(path, mtime, mtime)
}

function tarOf(entries: readonly (Partial<TarEntry> & { readonly path: string })[]): Buffer {
  const pieces: Buffer[] = []
  const tar = new TarWriter((piece) => pieces.push(Buffer.from(piece)))
  const defaults = { type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0, size: 0 } as const
  for (const entry of entries) {
    tar.entry({ ...defaults, ...entry })
    tar.content(contentOf({ kind: 'text', size: entry.size ?? 0 }))
  }
  tar.close()
  return Buffer.concat(pieces)
}
