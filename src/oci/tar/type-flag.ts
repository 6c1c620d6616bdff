import type { TarEntryType } from './entry.js'

/** The byte that tells an entry's type (POSIX.1-2001, pax interchange format). */
export const typeFlags: Readonly<Record<TarEntryType, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  directory: '5',
  fifo: '6'
}

const types = new Map(Object.entries(typeFlags).map(([type, flag]) => [flag, type as TarEntryType]))

/** The entry type of a flag; undefined for one that makes no file or is not known. */
export function typeOfFlag(flag: string): TarEntryType | undefined {
  // Before POSIX a file's flag was NUL; '7' (contiguous file) is to be read as a file.
  if (flag === '\0' || flag === '7') return 'file'
  return types.get(flag)
}
