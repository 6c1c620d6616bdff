import type { ByteString } from '../../base/byte-string.js'

/** What kind of file an entry makes. A hard link names an earlier entry of the same layer. */
export type TarEntryType =
  'file' | 'hardlink' | 'symlink' | 'character-device' | 'block-device' | 'directory' | 'fifo'

/** One entry of a layer's tar, without its content. */
export interface TarEntry {
  /** Relative to the root: no leading `/`, and no trailing `/` either, also for a directory. */
  readonly path: ByteString
  readonly type: TarEntryType
  /** Permission bits and set-uid (04000), set-gid (02000), sticky (01000); at most 07777. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes of content that follow; 0 for everything but a file. */
  readonly size: number
  /** Whole seconds since 1970; may be negative. */
  readonly mtime: number
  /** What a symlink says, or the path of the entry that a hard link repeats. */
  readonly linkname?: ByteString | undefined
  /** Of a device; 0 when left out. */
  readonly devmajor?: number | undefined
  readonly devminor?: number | undefined
  /** The raw value of the extended attribute `security.capability`, the only one a layer keeps. */
  readonly capability?: Uint8Array | undefined
}

/** An entry as an archive has it. */
export interface ArchiveEntry extends TarEntry {
  /**
   * As it stands in the archive, but for trailing slashes: attacker-controlled, possibly absolute, empty or
   * with `..`; see {@link cleanPath}.
   */
  readonly path: ByteString
  /** The part of the time below a second, 0 to 999999999, after {@link TarEntry.mtime}. */
  readonly mtimeNanoseconds: number
}
