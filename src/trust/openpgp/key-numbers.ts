import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { ByteReader } from './byte-reader.js'
import { Malformed } from './malformed.js'

/** Public-key algorithms whose signatures are checked (RFC 9580, section 9.1). */
export const ALGORITHM = {
  rsa: 1,
  rsaSign: 3,
  ecdsa: 19,
  eddsaLegacy: 22,
  ed25519: 27,
  ed448: 28
} as const

/** Algorithms that are named and never accepted. */
const OTHERS: ReadonlyMap<number, string> = new Map([
  [2, 'rsa for encryption'],
  [16, 'elgamal'],
  [17, 'dsa'],
  [18, 'ecdh'],
  [25, 'x25519'],
  [26, 'x448']
])

/** NIST SP 800-57 part 1 gives shorter ones less than 112 bits. */
const LEAST_RSA_BITS = 2048

/** A longer one proves nothing more, and makes every check slow: it would be a way to stop us. */
const MOST_RSA_BITS = 16384

/** Curves of ECDSA by their object identifiers, and the bytes of a coordinate (section 9.2). */
const CURVES: ReadonlyMap<string, readonly [name: string, crv: string, size: number]> = new Map([
  ['2a8648ce3d030107', ['nistP256', 'P-256', 32]],
  ['2b81040022', ['nistP384', 'P-384', 48]],
  ['2b81040023', ['nistP521', 'P-521', 66]]
])

const ED25519_LEGACY = '2b06010401da470f01'

/** What the numbers of a key tell. */
export interface KeyNumbers {
  readonly name: string
  /** Bytes that are equal where the secret key is the same one, whatever the packet calls its algorithm. */
  readonly identity: Uint8Array
  readonly object?: KeyObject
  readonly weakness?: string
}

/**
 * Reads the numbers of a key. Only what is listed here is strong; the rest is named, and never relied on.
 * @throws Malformed where they are written in another way than the one that there is, so that no two
 *   packets hold one key in two ways
 */
export function keyNumbers(algorithm: number, bytes: Uint8Array): KeyNumbers {
  switch (algorithm) {
    case ALGORITHM.rsa:
    case ALGORITHM.rsaSign:
      return rsa(bytes)
    case ALGORITHM.ecdsa:
      return ecdsa(bytes)
    case ALGORITHM.eddsaLegacy:
      return legacyEdwards(bytes)
    case ALGORITHM.ed25519:
      return edwards('Ed25519', exactly(bytes, 32))
    case ALGORITHM.ed448:
      return edwards('Ed448', exactly(bytes, 57))
    default:
      return notAccepted(OTHERS.get(algorithm) ?? `number ${algorithm}`, bytes)
  }
}

function rsa(bytes: Uint8Array): KeyNumbers {
  const reader = new ByteReader(bytes)
  const [modulus, exponent] = [canonicalInteger(reader), canonicalInteger(reader)]
  endOf(reader)
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24
  const name = `rsa${bits}`
  const known = { name, identity: Buffer.concat([Buffer.from('rsa'), modulus]) }
  const size = `RSA with ${bits} bits, not ${LEAST_RSA_BITS} to ${MOST_RSA_BITS}`
  if (bits > MOST_RSA_BITS) return { ...known, weakness: size }
  // With the exponent 1 everybody can sign, and an even one belongs to no key.
  const odd = ((exponent.at(-1) ?? 0) & 1) === 1
  if (!odd || (exponent.length === 1 && exponent[0] === 1)) {
    return { ...known, weakness: 'RSA with an exponent that protects nothing' }
  }
  const made = withObject(known, { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) })
  return bits < LEAST_RSA_BITS ? { ...made, weakness: size } : made
}

function ecdsa(bytes: Uint8Array): KeyNumbers {
  const reader = new ByteReader(bytes)
  const identifier = Buffer.from(reader.take(reader.number(1))).toString('hex')
  const point = canonicalInteger(reader)
  endOf(reader)
  const curve = CURVES.get(identifier)
  if (curve === undefined) return notAccepted(`ecdsa on the curve ${identifier}`, bytes)
  const [name, crv, size] = curve
  if (point.length !== 1 + 2 * size || point[0] !== 4) throw new Malformed('it has no point')
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)]
  const known = { name, identity: Buffer.concat([Buffer.from(crv), x, y]) }
  return withObject(known, { kty: 'EC', crv, x: base64url(x), y: base64url(y) })
}

/** Section 5.5.5.5: a point of Ed25519 after a byte that says that it is one. */
function legacyEdwards(bytes: Uint8Array): KeyNumbers {
  const reader = new ByteReader(bytes)
  const identifier = Buffer.from(reader.take(reader.number(1))).toString('hex')
  const point = canonicalInteger(reader)
  endOf(reader)
  if (identifier !== ED25519_LEGACY) return notAccepted(`eddsa on the curve ${identifier}`, bytes)
  if (point.length !== 33 || point[0] !== 0x40) throw new Malformed('it has no point')
  return edwards('Ed25519', point.subarray(1))
}

function edwards(crv: 'Ed25519' | 'Ed448', point: Uint8Array): KeyNumbers {
  const known = { name: crv.toLowerCase(), identity: Buffer.concat([Buffer.from(crv), point]) }
  return withObject(known, { kty: 'OKP', crv, x: base64url(point) })
}

function withObject(known: KeyNumbers, key: JsonWebKey): KeyNumbers {
  try {
    return { ...known, object: createPublicKey({ key, format: 'jwk' }) }
  } catch {
    return { ...known, weakness: 'its numbers are no key' }
  }
}

function notAccepted(name: string, bytes: Uint8Array): KeyNumbers {
  return { name, identity: bytes, weakness: `the algorithm ${name} is not accepted` }
}

/** An integer of a key, in the one way to write it: with as many bits as it says, and not 0. */
function canonicalInteger(reader: ByteReader): Uint8Array {
  const bits = reader.number(2)
  const bytes = reader.take(Math.ceil(bits / 8))
  const [first = 0] = bytes
  const found = bytes.length * 8 - Math.clz32(first) + 24
  if (first === 0 || found !== bits)
    throw new Malformed('a number of the key is not as it has to be')
  return bytes
}

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new Malformed('the key has not the size of its algorithm')
  return bytes
}

function endOf(reader: ByteReader): void {
  if (!reader.atEnd) throw new Malformed('there is more than a key')
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
