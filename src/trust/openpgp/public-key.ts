import { createHash, type KeyObject } from 'node:crypto'
import { ByteReader } from './byte-reader.js'
import { keyNumbers } from './key-numbers.js'
import { Malformed } from './malformed.js'

/** A public key or subkey of version 4 (RFC 9580, section 5.5.2.2). */
export interface PublicKey {
  /** The body of its packet. */
  readonly body: Uint8Array
  /** 40 lower-case hexadecimal digits (section 5.5.4.2). */
  readonly fingerprint: string
  /** Seconds since 1970. */
  readonly created: number
  readonly algorithm: number
  /** `rsa4096`, `ed25519`, `nistP256`, … */
  readonly name: string
  /** The digest of the key's numbers alone: equal for one key under several dates or owners. */
  readonly material: string
  /** What its signatures are checked with, where we can check them. */
  readonly object?: KeyObject
  /** Why nobody should rely on its algorithm, where that is so. */
  readonly weakness?: string
}

/** @throws Malformed where it is no key of version 4, or has more in it than a key */
export function readPublicKey(body: Uint8Array): PublicKey {
  const reader = new ByteReader(body)
  const version = reader.number(1)
  if (version !== 4) throw new Malformed(`it is a key of version ${version}, not 4`)
  const created = reader.number(4)
  const algorithm = reader.number(1)
  const { identity, ...numbers } = keyNumbers(algorithm, reader.rest())
  const material = createHash('sha256').update(identity).digest('hex')
  const fingerprint = createHash('sha1').update(keyForHash(body)).digest('hex')
  return { body, fingerprint, created, algorithm, material, ...numbers }
}

/** A key as signatures about it sign it, and as its fingerprint is made (section 5.2.4). */
export function keyForHash(body: Uint8Array): Uint8Array {
  if (body.length > 0xffff) throw new Malformed('the key is too large')
  return Buffer.concat([Buffer.from([0x99, body.length >> 8, body.length & 0xff]), body])
}
