import { inflateRawSync, inflateSync } from 'node:zlib'
import { Malformed } from '../openpgp/malformed.js'
import { type Packet, readPackets } from '../openpgp/packets.js'
import { Rejection } from './rejection.js'

/** Packet types (RFC 9580, section 5). */
const SIGNATURE = 2
const ONE_PASS_SIGNATURE = 4
const COMPRESSED_DATA = 8
const LITERAL_DATA = 11

/** Bytes of a signature file, packed and unpacked: a few hundred are usual. */
const LARGEST_FILE = 256 * 1024

/** A signed message has three; more are somebody's attempt to be understood in two ways. */
const MOST_PACKETS = 8

/** A message and the one signature that it bears. Neither is checked yet. */
export interface SignedMessage {
  /** What is signed, as it is signed. */
  readonly content: Uint8Array
  /** The body of the signature packet. */
  readonly signature: Uint8Array
}

/**
 * Reads an OpenPGP signed message: a one-pass signature, literal data and a signature, or the older form of a
 * signature before its data; compressed once or not. Exactly one signature and exactly one content: what is
 * checked must be what is read.
 * @throws Rejection
 */
export function readSignedMessage(bytes: Uint8Array): SignedMessage {
  if (bytes.length > LARGEST_FILE) throw tooLarge()
  const outer = packetsOf(bytes)
  const [first] = outer
  const packed = first?.tag === COMPRESSED_DATA && outer.length === 1
  const packets = packed ? packetsOf(unpack(first.body)) : outer
  const form = packets.map(({ tag }) => tag).join(' ')
  const [one, two, three] = packets
  if (form === `${ONE_PASS_SIGNATURE} ${LITERAL_DATA} ${SIGNATURE}`) {
    return onePass(one, two, three)
  }
  if (form === `${SIGNATURE} ${LITERAL_DATA}`) return message(two, one)
  throw structure(`its packets are of the types ${form === '' ? 'none at all' : form}`)
}

/** The announcement before the data has to be of the signature after it (section 5.4). */
function onePass(
  announced: Packet | undefined,
  literal: Packet | undefined,
  signature: Packet | undefined
): SignedMessage {
  const [version, type, hash, algorithm, ...rest] = announced?.body ?? []
  const [, sameType, sameAlgorithm, sameHash] = signature?.body ?? []
  const last = rest.length === 9 && rest[8] === 1
  if (version !== 3 || !last) throw structure('the one-pass signature is none of version 3')
  if (type !== sameType || hash !== sameHash || algorithm !== sameAlgorithm) {
    throw structure('the one-pass signature announces another signature')
  }
  return message(literal, signature)
}

function message(literal: Packet | undefined, signature: Packet | undefined): SignedMessage {
  if (literal === undefined || signature === undefined) throw structure('a packet is missing')
  return { content: literalContent(literal.body), signature: signature.body }
}

/** Section 5.9: a format, a file name that means nothing here, a date that means nothing either. */
function literalContent(body: Uint8Array): Uint8Array {
  const [format, nameLength] = body
  const start = 2 + (nameLength ?? 0) + 4
  if (nameLength === undefined || start > body.length)
    throw structure('the literal data breaks off')
  // b, t, u, l, 1: all hold bytes, and a signature of the binary type is over them as they are.
  if (!'btul1'.includes(String.fromCharCode(format ?? 0))) throw structure('unknown literal data')
  return body.subarray(start)
}

/** Section 5.6; never inflated to more than a file may have. */
function unpack(body: Uint8Array): Uint8Array {
  const [algorithm] = body
  const data = body.subarray(1)
  const options = { maxOutputLength: LARGEST_FILE }
  try {
    if (algorithm === 0) return data
    if (algorithm === 1) return inflateRawSync(data, options)
    if (algorithm === 2) return inflateSync(data, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw compression('the compressed data is damaged')
  }
  throw compression('the compression is neither ZIP nor ZLIB')
}

function packetsOf(bytes: Uint8Array): Packet[] {
  try {
    return readPackets(bytes, MOST_PACKETS)
  } catch (error) {
    if (error instanceof Malformed) throw new Rejection('signature/bad-packet', error.message)
    throw error
  }
}

function tooLarge(): Rejection {
  return new Rejection('signature/too-large', `it has more than ${LARGEST_FILE} bytes`)
}

function structure(message: string): Rejection {
  return new Rejection('signature/bad-structure', message)
}

function compression(message: string): Rejection {
  return new Rejection('signature/bad-compression', message)
}
