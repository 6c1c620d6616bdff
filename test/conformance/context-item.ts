import { chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { copyFileSync, chownSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../../src/base/process.js'
import { type ArchiveSpec, archiveBytes } from './archive.js'

/**
 * One thing in a build context, with what git cannot keep. The kind is told by the member that is there; with
 * none of them it is an empty folder.
 */
export interface ContextItem {
  readonly path: string
  /** A file with this text. */
  readonly text?: string
  /** A file of this many bytes, which follow from its path. */
  readonly size?: number
  /** A file of this machine. */
  readonly host?: string
  readonly symlink?: string
  /** Another name of an earlier item. */
  readonly hardlink?: string
  /** A named pipe, a socket, or a device. */
  readonly special?: 'fifo' | 'socket' | readonly ['c' | 'b', major: number, minor: number]
  readonly archive?: ArchiveSpec
  /** Octal; 0644 for files, 0755 for folders when left out. */
  readonly mode?: string
  readonly owner?: readonly [uid: number, gid: number]
  /** Seconds since 1970 with up to six decimals; 1000000000 when left out. */
  readonly mtime?: string
  /** The value of security.capability, in hexadecimal. */
  readonly capability?: string
}

const usualTime = '1000000000'

/** Lays out a build context; all that is in it gets a fixed time. */
export async function makeContext(folder: string, items: readonly ContextItem[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const made = new Set<string>()
  for (const item of items) {
    makeParents(folder, dirname(item.path), made)
    await makeItem(folder, item)
    made.add(item.path)
  }
  for (const item of items) await stampMetadata(join(folder, item.path), item)
  const given = new Map(items.map((item) => [item.path, item]))
  // Deepest first: setting what is inside a folder changes the folder's own time.
  for (const path of [...made].sort().reverse()) {
    const mtime = given.get(path)?.mtime ?? usualTime
    lutimesSync(join(folder, path), mtime, mtime)
  }
}

function makeParents(folder: string, path: string, made: Set<string>): void {
  if (path === '.' || made.has(path)) return
  makeParents(folder, dirname(path), made)
  mkdirSync(join(folder, path), { mode: 0o755 })
  chmodSync(join(folder, path), 0o755)
  made.add(path)
}

async function makeItem(folder: string, item: ContextItem): Promise<void> {
  const path = join(folder, item.path)
  if (item.text !== undefined) writeFileSync(path, item.text)
  else if (item.size !== undefined) writeFileSync(path, bytesFor(item.path, item.size))
  else if (item.host !== undefined) copyFileSync(item.host, path)
  else if (item.symlink !== undefined) symlinkSync(item.symlink, path)
  else if (item.hardlink !== undefined) linkSync(join(folder, item.hardlink), path)
  else if (item.archive !== undefined) writeFileSync(path, await archiveBytes(item.archive))
  else if (item.special !== undefined) await makeSpecial(path, item.special)
  else mkdirSync(path)
}

async function makeSpecial(path: string, special: ContextItem['special']): Promise<void> {
  if (special === 'socket') {
    const server = createServer().listen(path)
    await once(server, 'listening')
    // Closing it by its own way would remove the name.
    server.unref()
    await run('mv', [path, `${path}.kept`])
    server.close()
    await run('mv', [`${path}.kept`, path])
    return
  }
  const [kind, ...numbers] = special === 'fifo' ? ['p'] : (special ?? ['p'])
  await mustRun('mknod', [path, kind, ...numbers.map(String)])
}

async function stampMetadata(path: string, item: ContextItem): Promise<void> {
  if (item.hardlink !== undefined) return
  // Neither reaches an image, so it does not matter that others than root cannot set them.
  const isRoot = process.getuid?.() === 0
  if (item.owner !== undefined && isRoot) chownSync(path, ...item.owner)
  if (item.symlink !== undefined) return
  const isFolder = Object.keys(item).every((key) => ['path', 'mode', 'mtime', 'owner'].includes(key))
  chmodSync(path, parseInt(item.mode ?? (isFolder ? '755' : '644'), 8))
  if (item.capability === undefined || !isRoot) return
  await mustRun('setfattr', ['-n', 'security.capability', '-v', `0x${item.capability}`, path])
}

async function mustRun(program: string, args: readonly string[]): Promise<void> {
  const { status, stderr } = await run(program, args)
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
}

/** Text without a pattern that is the same everywhere. */
function bytesFor(path: string, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let state = path.split('').reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[i] = 32 + ((state >>> 24) % 64)
  }
  return bytes
}
