import { createHash, createPrivateKey, sign } from 'node:crypto'
import * as openpgp from 'openpgp'
import { keyForHash } from '../../src/trust/openpgp/public-key.js'
import { messageOf, packet } from './hostile-messages.js'
import { payload, SIGNED } from './trust-world.js'

/** A subpacket: its type, with 128 added for a critical one, and its body. */
export type RawSubpacket = readonly [type: number, body: Uint8Array]

/** What a signature says, whether an honest program would say it or not. */
export interface RawSignature {
  readonly type?: number
  readonly hash?: number
  /** What it says that the key's algorithm is. */
  readonly algorithm?: number
  readonly hashed?: readonly RawSubpacket[]
  readonly unhashed?: readonly RawSubpacket[]
  /** What stands after its numbers. */
  readonly rest?: Uint8Array
}

const HASHES: Readonly<Record<number, string>> = {
  2: 'sha1',
  8: 'sha256',
  10: 'sha512',
  11: 'sha224',
  12: 'sha3-256'
}

export const number = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The subpacket that tells when a signature was made. */
export const made = (time = SIGNED): RawSubpacket => [2, number(time)]

type Key = openpgp.PrivateKey | openpgp.Subkey

/** The subpacket that names the key. */
export const issuer = (key: Key): RawSubpacket => [
  16,
  Buffer.from(key.getFingerprint().slice(-16), 'hex')
]

/**
 * The body of a signature that is mathematically right, by a key of Ed25519 in the older form or of Ed448;
 * written by hand, because no library writes what must not be.
 */
export function rawSignature(key: Key, raw: RawSignature, data: readonly Uint8Array[]): Uint8Array {
  const { type = 0, hash = 8, hashed = [made(), issuer(key)], unhashed = [] } = raw
  const { algorithm = key.keyPacket.algorithm } = raw
  const head = Buffer.concat([Buffer.from([4, type, algorithm, hash]), area(hashed)])
  const trailer = Buffer.concat([Buffer.from([4, 0xff]), number(head.length)])
  const name = HASHES[hash] ?? 'sha256'
  const digest = createHash(name)
    .update(Buffer.concat([...data, head, trailer]))
    .digest()
  const value = sign(null, digest, secretOf(key))
  const numbers =
    value.length === 64 ? [value.subarray(0, 32), value.subarray(32)].map(integer) : [value]
  const { rest = Buffer.alloc(0) } = raw
  return Buffer.concat([head, area(unhashed), digest.subarray(0, 2), ...numbers, rest])
}

/** A message with such a signature. */
export function rawMessage(key: Key, raw: RawSignature, content = payload()): Uint8Array {
  const literal = Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), Buffer.from(content)])
  return messageOf([
    { tag: 2, body: rawSignature(key, raw, [Buffer.from(content)]) },
    { tag: 11, body: literal }
  ])
}

/** A packet of a signature about keys, and of names where it is about one. */
export function rawStatement(
  key: Key,
  raw: RawSignature,
  about: readonly Key[],
  name?: string
): Uint8Array {
  const keys = about.map(publicBody).map(keyForHash)
  const head = (text: string): Uint8Array => {
    return Buffer.concat([Buffer.from([0xb4]), number(text.length), Buffer.from(text)])
  }
  return packet(2, rawSignature(key, raw, name === undefined ? keys : [...keys, head(name)]))
}

/** The packet of a key alone. */
export function keyPacket(key: Key, tag = 6): Uint8Array {
  return packet(tag, publicBody(key))
}

/** The body of the public packet: the secret one begins with it. */
function publicBody(key: Key): Uint8Array {
  const packet = key.keyPacket as unknown as { writePublicKey: () => Uint8Array }
  return packet.writePublicKey()
}

function secretOf(key: Key) {
  const { privateParams } = key.keyPacket as unknown as { privateParams: { seed: Uint8Array } }
  // PKCS #8 of RFC 8410: everything before the seed is the same for all keys of a curve.
  const ed25519 = privateParams.seed.length === 32
  const head = Buffer.from(
    ed25519 ? '302e020100300506032b657004220420' : '3047020100300506032b6571043b0439',
    'hex'
  )
  const der = Buffer.concat([head, privateParams.seed])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

function area(subpackets: readonly RawSubpacket[]): Uint8Array {
  const bytes = Buffer.concat(
    subpackets.flatMap(([type, body]) => [
      Buffer.from([255]),
      number(body.length + 1),
      Buffer.from([type]),
      body
    ])
  )
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

function integer(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([(bytes.length * 8) >> 8, (bytes.length * 8) & 0xff]), bytes])
}
