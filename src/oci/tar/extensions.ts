import type { ByteString } from '../../base/byte-string.js'
import { OciError } from '../error.js'
import { paddingOf } from './block.js'
import type { ByteReader } from './byte-reader.js'
import { type PaxRecords, parsePaxRecords } from './pax-records.js'
import type { RawHeader } from './read-header.js'

/** What extended headers say of the entry after them. */
export interface Extensions {
  readonly records: PaxRecords
  /** From GNU's own headers for long names. */
  readonly longName?: ByteString
  readonly longLink?: ByteString
}

/** Before any extended header. */
export const noExtensions: Extensions = { records: new Map() }

/** An extended header may not be larger: its data is held in memory. */
const largestExtension = 1024 * 1024

/**
 * Reads the data of an extended header and adds what it says; of several of one kind the last holds.
 * @returns undefined when the header is not an extended one
 * @throws OciError `tar/…`
 */
export async function gatherExtension(
  reader: ByteReader,
  header: RawHeader,
  before: Extensions,
  where: string
): Promise<Extensions | undefined> {
  if (!'xgLK'.includes(header.typeFlag)) return undefined
  const data = await readData(reader, header.size, where)
  switch (header.typeFlag) {
    case 'x':
      return { ...before, records: parsePaxRecords(data, where) }
    case 'L':
      return { ...before, longName: textUpToNul(data) }
    case 'K':
      return { ...before, longLink: textUpToNul(data) }
    default:
      return before
  }
}

async function readData(reader: ByteReader, size: number, where: string): Promise<Uint8Array> {
  if (size > largestExtension) {
    throw new OciError('tar/too-large', 'an extended header is too large', {
      where,
      expected: `at most ${largestExtension} bytes`,
      found: String(size)
    })
  }
  const data = size === 0 ? new Uint8Array() : await reader.read(size)
  if (data === undefined) throw reader.truncated()
  const copy = Uint8Array.from(data)
  await reader.skip(paddingOf(size))
  return copy
}

function textUpToNul(data: Uint8Array): ByteString {
  const text = Buffer.from(data).toString('latin1')
  const end = text.indexOf('\0')
  return end === -1 ? text : text.slice(0, end)
}
