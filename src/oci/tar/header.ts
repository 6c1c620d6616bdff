import type { ByteString } from '../../base/byte-string.js'
import { blockSize } from './block.js'

/** Where each field of a POSIX header lies: offset and length in bytes. */
export const headerLayout = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  typeFlag: [156, 1],
  linkname: [157, 100],
  magic: [257, 8],
  devmajor: [329, 8],
  devminor: [337, 8],
  prefix: [345, 155]
} as const

type Field = readonly [offset: number, length: number]

/** What a header says. A number that does not fit its field is written as 0: a PAX record holds it then. */
export interface HeaderFields {
  /** Cut off where the field ends. */
  readonly name: ByteString
  readonly prefix?: ByteString
  readonly typeFlag: string
  readonly linkname?: ByteString
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly mtime: number
  /** Left as NUL bytes when missing. */
  readonly devmajor?: number
  readonly devminor?: number
}

/** Writes a header into a block of 512 bytes. */
export function writeHeader(block: Buffer, fields: HeaderFields): void {
  block.fill(0, 0, blockSize)
  writeText(block, headerLayout.name, fields.name)
  writeText(block, headerLayout.linkname, fields.linkname ?? '')
  writeText(block, headerLayout.prefix, fields.prefix ?? '')
  writeText(block, headerLayout.typeFlag, fields.typeFlag)
  writeText(block, headerLayout.magic, 'ustar\x0000')
  writeOctal(block, headerLayout.mode, fields.mode)
  writeOctal(block, headerLayout.uid, fields.uid)
  writeOctal(block, headerLayout.gid, fields.gid)
  writeOctal(block, headerLayout.size, fields.size)
  writeOctal(block, headerLayout.mtime, fields.mtime)
  if (fields.devmajor !== undefined) writeOctal(block, headerLayout.devmajor, fields.devmajor)
  if (fields.devminor !== undefined) writeOctal(block, headerLayout.devminor, fields.devminor)
  const [offset, length] = headerLayout.checksum
  writeOctal(block, [offset, length - 1], headerSum(block))
  block[offset + length - 1] = spaceByte
}

/** The sum of a header's bytes, with the checksum field taken as spaces. */
export function headerSum(block: Uint8Array): number {
  const [offset, length] = headerLayout.checksum
  let sum = length * spaceByte
  for (let i = 0; i < blockSize; i++) {
    if (i < offset || i >= offset + length) sum += block[i] ?? 0
  }
  return sum
}

/** The first number that does not fit a numeric field of `length` bytes. */
export function octalLimit(field: 'mode' | 'uid' | 'gid' | 'size' | 'mtime' | 'devmajor'): number {
  return 8 ** (headerLayout[field][1] - 1)
}

const spaceByte = 0x20
const slashByte = 0x2f

function writeText(block: Buffer, [offset, length]: Field, text: ByteString): void {
  block.write(text, offset, length, 'latin1')
  if (text.length <= length) return
  // A cut name that ends in a slash would be taken for a directory's.
  for (let i = offset + length - 1; i >= offset && block[i] === slashByte; i--) block[i] = 0
}

function writeOctal(block: Buffer, [offset, length]: Field, value: number): void {
  const fits = value >= 0 && value < 8 ** (length - 1)
  block.write((fits ? value : 0).toString(8).padStart(length - 1, '0'), offset, 'latin1')
}
