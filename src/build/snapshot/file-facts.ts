import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs'
import { type ByteString, fsPath } from '../../base/byte-string.js'
import type { EntryType } from './listing.js'

/** What the file system says of one name, symbolic links not followed. */
export interface FileFacts {
  readonly type: EntryType
  /** Permission bits with set-user-id, set-group-id and sticky. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Seconds since 1970, rounded down. */
  readonly seconds: number
  /** Nanoseconds beyond them. */
  readonly nanoseconds: number
  readonly rdev: number
  readonly device: bigint
  readonly inode: bigint
  readonly names: number
  /** Whether it has holes: less room on the disk than its size. */
  readonly sparse: boolean
}

const typeBits = 0o170000n
const types: ReadonlyMap<bigint, EntryType> = new Map([
  [0o040000n, 'directory'],
  [0o100000n, 'file'],
  [0o120000n, 'symlink'],
  [0o010000n, 'fifo'],
  [0o020000n, 'character-device'],
  [0o060000n, 'block-device'],
  [0o140000n, 'socket']
])

/** The facts of a name, or undefined where there is none (a part of the path may be missing or no folder). */
export function factsOf(path: ByteString): FileFacts | undefined {
  try {
    const stat = lstatSync(fsPath(path), { bigint: true, throwIfNoEntry: false })
    return stat === undefined ? undefined : factsOfStat(stat)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}

function factsOfStat(stat: BigIntStats): FileFacts {
  const type = types.get(stat.mode & typeBits)
  if (type === undefined) throw new Error(`a file of unknown type: mode ${stat.mode.toString(8)}`)
  const nanoseconds = ((stat.mtimeNs % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  return {
    type,
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    size: Number(stat.size),
    seconds: Number((stat.mtimeNs - nanoseconds) / 1_000_000_000n),
    nanoseconds: Number(nanoseconds),
    rdev: Number(stat.rdev),
    device: stat.dev,
    inode: stat.ino,
    names: Number(stat.nlink),
    sparse: type === 'file' && stat.blocks * 512n < stat.size
  }
}

/** Whether the overlay file system marks a removed name with this entry. */
export function isWhiteout(facts: FileFacts): boolean {
  return facts.type === 'character-device' && facts.rdev === 0
}

/** Where a symbolic link points. */
export function linkTarget(path: ByteString): ByteString {
  return readlinkSync(fsPath(path), { encoding: 'latin1' })
}
