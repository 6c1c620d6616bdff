import { gzipSync } from 'node:zlib'
import { run } from '../../src/base/process.js'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TarEntry, TarEntryType } from '../../src/oci/tar/entry.js'

/** An archive that is made when a test needs it. */
export interface ArchiveSpec {
  readonly compression?: 'gzip' | 'bzip2' | 'xz' | 'zstd'
  readonly entries: readonly ArchiveItem[]
  /** Text after the archive's end, or in its place where there are no entries. */
  readonly trailer?: string
  /** Leaves out the two blocks of zeros at the end. */
  readonly unended?: boolean
}

/** One entry; its header is written exactly as it says, sensible or not. */
export interface ArchiveItem {
  readonly path: string
  readonly type?: TarEntryType | 'global-header'
  readonly text?: string
  readonly linkname?: string
  /** Octal; 0644 for files, 0755 for folders when left out. */
  readonly mode?: string
  readonly owner?: readonly [uid: number, gid: number]
  readonly mtime?: number
  readonly device?: readonly [major: number, minor: number]
  /** Written into an extended header before the entry. */
  readonly records?: Readonly<Record<string, string>>
  /** The value of security.capability, in hexadecimal. */
  readonly capability?: string
}

const typeFlags: Readonly<Record<TarEntry['type'] | 'global-header', string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  directory: '5',
  fifo: '6',
  'global-header': 'g'
}

/** Writes an archive by hand, so that also names and links can be in it that no sound program writes. */
export async function archiveBytes(spec: ArchiveSpec): Promise<Buffer> {
  const blocks = spec.entries.flatMap(entryBlocks)
  const end = spec.unended === true || spec.entries.length === 0 ? 0 : 1024
  const tar = Buffer.concat([...blocks, Buffer.alloc(end), Buffer.from(spec.trailer ?? '')])
  return compress(tar, spec.compression)
}

function entryBlocks(item: ArchiveItem): Buffer[] {
  const records = Object.entries(item.records ?? {}).map(([key, value]) => {
    return record(key, Buffer.from(value))
  })
  if (item.capability !== undefined) {
    records.push(record('SCHILY.xattr.security.capability', Buffer.from(item.capability, 'hex')))
  }
  const data = Buffer.concat(records)
  if (item.type === 'global-header') return [header(item, 'g', data.length), padded(data)]
  const text = Buffer.from(item.text ?? '')
  const flag = typeFlags[item.type ?? 'file']
  const own = [header(item, flag, text.length), padded(text)]
  if (data.length === 0) return own
  return [header({ path: 'extended' }, 'x', data.length), padded(data), ...own]
}

function record(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')])
  let length = rest.length
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return Buffer.concat([Buffer.from(String(length)), rest])
}

function header(item: ArchiveItem, flag: string, size: number): Buffer {
  const block = Buffer.alloc(512)
  const [uid, gid] = item.owner ?? [0, 0]
  const mode = item.mode ?? (flag === '5' ? '755' : '644')
  block.write(item.path, 0, 100, 'utf8')
  const octal = (value: number, offset: number, length: number): void => {
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1')
  }
  octal(parseInt(mode, 8), 100, 8)
  octal(uid, 108, 8)
  octal(gid, 116, 8)
  octal(size, 124, 12)
  octal(item.mtime ?? 1_000_000_000, 136, 12)
  block.write(' '.repeat(8), 148, 'latin1')
  block.write(flag, 156, 'latin1')
  block.write(item.linkname ?? '', 157, 100, 'utf8')
  block.write('ustar\x0000', 257, 'latin1')
  octal(item.device?.[0] ?? 0, 329, 8)
  octal(item.device?.[1] ?? 0, 337, 8)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)])
}

/** What the compressed bytes are does not matter: nobody records them, only what is inside. */
async function compress(tar: Buffer, by: ArchiveSpec['compression']): Promise<Buffer> {
  if (by === undefined) return tar
  if (by === 'gzip') return gzipSync(tar)
  const folder = mkdtempSync(join(tmpdir(), 'stagex-archive-'))
  try {
    const file = join(folder, 'archive')
    writeFileSync(file, tar)
    const { status, stderr } = await run(by, ['-k', '-q', file])
    if (status !== 0) throw new Error(`${by}: ${stderr}`)
    return readFileSync(`${file}.${{ bzip2: 'bz2', xz: 'xz', zstd: 'zst' }[by]}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
