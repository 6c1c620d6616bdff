import { printable } from '../../base/error.js'
import { type ByteString, textOfBytes } from '../../base/byte-string.js'
import type { ImageFile } from '../../oci/image-tree.js'

/** What `--json` prints of one file. */
export interface FileView {
  readonly path: string
  /** The path's bytes in base64, where they are not UTF-8 and `path` does not tell them all. */
  readonly pathBytes?: string
  readonly type: ImageFile['type']
  /** Four octal digits. */
  readonly mode: string
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly digest?: string
  readonly target?: string
  readonly device?: readonly [major: number, minor: number]
  readonly capability?: string
}

/** A file as programs get it. */
export function fileView(file: ImageFile): FileView {
  const { path, mode, target, ...rest } = file
  const text = textOfBytes(path)
  const told = Buffer.from(text).equals(Buffer.from(path, 'latin1'))
  return {
    path: text,
    ...(!told && { pathBytes: Buffer.from(path, 'latin1').toString('base64') }),
    ...rest,
    mode: octal(mode),
    ...(target !== undefined && { target: textOfBytes(target) })
  }
}

/** A mode in octal, as chmod takes it. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}

/** A file as `ls -l` shows it: mode, owner, size, path and where a link leads. */
export function fileColumns(file: ImageFile): readonly [string, string, string, string] {
  const size = file.device === undefined ? String(file.size) : file.device.join(',')
  const target = file.target === undefined ? '' : ` -> ${shownPath(file.target)}`
  const slash = file.type === 'directory' ? '/' : ''
  return [
    modeLetters(file),
    `${file.uid}:${file.gid}`,
    size,
    `${shownPath(file.path)}${slash}${target}`
  ]
}

/** Safe for a terminal, and on one line. */
export function shownPath(path: ByteString): string {
  return printable(textOfBytes(path)).replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}

const typeLetters: Readonly<Record<ImageFile['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  'character-device': 'c',
  'block-device': 'b'
}

function modeLetters({ type, mode }: ImageFile): string {
  const letters = ['r', 'w', 'x', 'r', 'w', 'x', 'r', 'w', 'x']
  const bits = letters.map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'))
  // Set-user-id, set-group-id and sticky take the place of the x that they go with.
  const special: [bit: number, place: number, letter: string][] = [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't']
  ]
  for (const [bit, place, letter] of special) {
    if ((mode & bit) !== 0) bits[place] = bits[place] === 'x' ? letter : letter.toUpperCase()
  }
  return typeLetters[type] + bits.join('')
}
