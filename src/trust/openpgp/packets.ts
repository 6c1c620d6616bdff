import { Malformed } from './malformed.js'

/** One OpenPGP packet (RFC 9580, section 4). */
export interface Packet {
  readonly tag: number
  readonly body: Uint8Array
}

/** Pieces of partial length in one packet. */
const MOST_PIECES = 1000

/**
 * Takes a message or a key apart into packets. Nothing is passed over: each byte belongs to a packet of known
 * length, or none is read.
 * @param most packets; more are refused
 * @throws Malformed
 */
export function readPackets(bytes: Uint8Array, most: number): Packet[] {
  const packets: Packet[] = []
  let offset = 0
  while (offset < bytes.length) {
    if (packets.length === most) throw bad('there are too many packets')
    const { packet, next } = readPacket(bytes, offset)
    packets.push(packet)
    offset = next
  }
  return packets
}

interface ReadPacket {
  readonly packet: Packet
  readonly next: number
}

function readPacket(bytes: Uint8Array, offset: number): ReadPacket {
  const head = byteAt(bytes, offset)
  if ((head & 0x80) === 0) throw bad('no packet begins here')
  if ((head & 0x40) !== 0) return newFormat(bytes, offset + 1, head & 0x3f)
  return oldFormat(bytes, offset + 1, (head >> 2) & 0x0f, head & 0x03)
}

/** Section 4.2.2: a length of one, two or four bytes, or to the end of the message. */
function oldFormat(bytes: Uint8Array, offset: number, tag: number, type: number): ReadPacket {
  if (type === 3) return whole(bytes, tag, offset, bytes.length - offset)
  const size = 2 ** type
  return whole(bytes, tag, offset + size, bigEndian(bytes, offset, size))
}

/** Section 4.2.1: lengths of one, two or five bytes, or pieces whose lengths are powers of two. */
function newFormat(bytes: Uint8Array, offset: number, tag: number): ReadPacket {
  const pieces: Uint8Array[] = []
  for (let at = offset; pieces.length < MOST_PIECES;) {
    const { length, start, partial } = newLength(bytes, at)
    const { packet, next } = whole(bytes, tag, start, length)
    pieces.push(packet.body)
    at = next
    if (partial) continue
    const only = pieces.length === 1
    return { packet: only ? packet : { tag, body: Buffer.concat(pieces) }, next }
  }
  throw bad('a packet has too many pieces')
}

function newLength(
  bytes: Uint8Array,
  offset: number
): { readonly length: number; readonly start: number; readonly partial: boolean } {
  const first = byteAt(bytes, offset)
  if (first < 192) return { length: first, start: offset + 1, partial: false }
  if (first < 224) {
    const length = ((first - 192) << 8) + byteAt(bytes, offset + 1) + 192
    return { length, start: offset + 2, partial: false }
  }
  if (first < 255) return { length: 2 ** (first & 0x1f), start: offset + 1, partial: true }
  return { length: bigEndian(bytes, offset + 1, 4), start: offset + 5, partial: false }
}

function whole(bytes: Uint8Array, tag: number, start: number, length: number): ReadPacket {
  if (start + length > bytes.length) throw bad('a packet ends after the message')
  return { packet: { tag, body: bytes.subarray(start, start + length) }, next: start + length }
}

function bigEndian(bytes: Uint8Array, offset: number, size: number): number {
  let value = 0
  for (let index = 0; index < size; index++) value = value * 256 + byteAt(bytes, offset + index)
  return value
}

function byteAt(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset]
  if (byte === undefined) throw bad('the message breaks off')
  return byte
}

function bad(message: string): Malformed {
  return new Malformed(message)
}

/** A packet in the newer format with a length of five bytes, which every reader understands. */
export function writePacket({ tag, body }: Packet): Uint8Array {
  const head = Buffer.from([0xc0 | tag, 255, 0, 0, 0, 0])
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}
