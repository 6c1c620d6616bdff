import type { ByteString } from '../../base/byte-string.js'
import { OciError } from '../error.js'
import { headerLayout, headerSum } from './header.js'

/** What a header block says, before any extended header is applied. */
export interface RawHeader {
  /** As it stands: attacker-controlled, possibly absolute, empty or with `..`. */
  readonly name: ByteString
  readonly linkname: ByteString
  readonly typeFlag: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly mtime: number
  readonly devmajor: number
  readonly devminor: number
}

type Field = keyof typeof headerLayout

/**
 * Reads a header block of any of the common forms: V7, POSIX (USTAR, PAX) and GNU.
 * @param where for errors
 * @throws OciError `tar/bad-header`
 */
export function readHeader(block: Uint8Array, where: string): RawHeader {
  const header = Buffer.from(block.buffer, block.byteOffset, block.length)
  checkSum(header, where)
  const number = (field: Field): number => readNumber(header, field, where)
  const text = (field: Field): ByteString => readText(header, field)
  const isPosix = header.toString('latin1', 257, 263) === 'ustar\0'
  const isGnu = header.toString('latin1', 257, 265) === 'ustar  \0'
  const prefix = isPosix ? text('prefix') : ''
  return {
    name: prefix === '' ? text('name') : `${prefix}/${text('name')}`,
    linkname: text('linkname'),
    typeFlag: header.toString('latin1', 156, 157),
    mode: number('mode'),
    uid: number('uid'),
    gid: number('gid'),
    size: nonNegative(number('size'), where),
    mtime: number('mtime'),
    // V7 headers have no such fields, and may have anything there.
    devmajor: isPosix || isGnu ? number('devmajor') : 0,
    devminor: isPosix || isGnu ? number('devminor') : 0
  }
}

/** Both sums are accepted: some old programs added bytes as signed numbers. */
function checkSum(header: Buffer, where: string): void {
  const expected = readNumber(header, 'checksum', where)
  const unsigned = headerSum(header)
  if (expected === unsigned || expected === signedSum(header, unsigned)) return
  throw new OciError('tar/bad-header', 'a header does not have its checksum', {
    where,
    expected: String(expected),
    found: String(unsigned)
  })
}

function signedSum(header: Buffer, unsigned: number): number {
  const [offset, length] = headerLayout.checksum
  const negative = header.filter((byte, i) => byte >= 128 && (i < offset || i >= offset + length))
  return unsigned - 256 * negative.length
}

function readText(header: Buffer, field: Field): ByteString {
  const [offset, length] = headerLayout[field]
  const text = header.toString('latin1', offset, offset + length)
  const end = text.indexOf('\0')
  return end === -1 ? text : text.slice(0, end)
}

/** A number in octal digits, or, marked by the highest bit, in base 256 (GNU). */
function readNumber(header: Buffer, field: Field, where: string): number {
  const [offset, length] = headerLayout[field]
  if ((header[offset] ?? 0) >= 128) {
    return readBase256(header.subarray(offset, offset + length), field, where)
  }
  const digits = header
    .toString('latin1', offset, offset + length)
    .replace(/^[ \0]+/, '')
    .replace(/[ \0][^]*$/, '')
  if (!/^[0-7]*$/.test(digits)) throw badNumber(field, where, digits)
  return digits === '' ? 0 : parseInt(digits, 8)
}

/** A big-endian number in two's complement, whose highest bit is only the mark. */
function readBase256(bytes: Buffer, field: Field, where: string): number {
  const isNegative = ((bytes[0] ?? 0) & 0x40) !== 0
  let value = isNegative ? -1n : 0n
  bytes.forEach((byte, i) => {
    value = (value << 8n) | BigInt(i === 0 ? (isNegative ? byte : byte & 0x7f) : byte)
  })
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw badNumber(field, where, String(value))
  return number
}

function nonNegative(size: number, where: string): number {
  if (size < 0) throw badNumber('size', where, String(size))
  return size
}

function badNumber(field: Field, where: string, found: string): OciError {
  return new OciError('tar/bad-header', `a header's ${field} is not a valid number`, {
    where,
    found
  })
}
