import { constants, createHash, verify } from 'node:crypto'
import { ByteReader, padded } from './byte-reader.js'
import { ALGORITHM } from './key-numbers.js'
import type { PublicKey } from './public-key.js'
import { SIGNATURE_VERSION, type SignaturePacket } from './signature-packet.js'

/**
 * Hash algorithms (RFC 9580, section 9.5). The weak ones serve only to see that a key was withdrawn; whether
 * a signature may rely on its hash is for the caller.
 */
const HASHES: ReadonlyMap<number, string> = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [3, 'ripemd160'],
  [8, 'sha256'],
  [9, 'sha384'],
  [10, 'sha512'],
  [11, 'sha224'],
  [12, 'sha3-256'],
  [14, 'sha3-512']
])

const SHA512 = 10

/**
 * Whether the mathematics of a signature are right: that it is `key`'s, over `data` and over what the
 * signature says of itself (section 5.2.4). Nothing else is looked at: neither times, nor hashes, nor
 * whether the key may do that.
 */
export function isSignedBy(
  signature: SignaturePacket,
  key: PublicKey,
  data: readonly Uint8Array[]
): boolean {
  const hash = HASHES.get(signature.hashAlgorithm)
  if (hash === undefined || signature.keyAlgorithm !== key.algorithm) return false
  const bytes = Buffer.concat([...data, signature.hashedPart, trailerOf(signature)])
  try {
    const digest = createHash(hash).update(bytes).digest()
    if (!digest.subarray(0, 2).equals(signature.digestStart)) return false
    return numbersFit(signature, key, { hash, bytes, digest })
  } catch {
    // OpenSSL throws for numbers that are none, and for a hash that it was built without: each means no.
    return false
  }
}

function trailerOf({ hashedPart }: SignaturePacket): Uint8Array {
  const trailer = Buffer.from([SIGNATURE_VERSION, 0xff, 0, 0, 0, 0])
  trailer.writeUInt32BE(hashedPart.length, 2)
  return trailer
}

/** What is signed, in the forms that algorithms want. */
interface Signed {
  readonly hash: string
  readonly bytes: Uint8Array
  readonly digest: Uint8Array
}

function numbersFit(
  { numbers, hashAlgorithm }: SignaturePacket,
  { algorithm, object, name }: PublicKey,
  { hash, bytes, digest }: Signed
): boolean {
  if (object === undefined) return false
  switch (algorithm) {
    case ALGORITHM.rsa:
    case ALGORITHM.rsaSign: {
      const bits = object.asymmetricKeyDetails?.modulusLength ?? 0
      const [value] = integersIn(numbers, 1, Math.ceil(bits / 8)) ?? []
      const padding = constants.RSA_PKCS1_PADDING
      return value !== undefined && verify(hash, bytes, { key: object, padding }, value)
    }
    case ALGORITHM.ecdsa: {
      const size = COORDINATE_SIZES.get(name) ?? 0
      const values = integersIn(numbers, 2, size)
      const key = { key: object, dsaEncoding: 'ieee-p1363' } as const
      return values !== undefined && verify(hash, bytes, key, Buffer.concat(values))
    }
    case ALGORITHM.eddsaLegacy: {
      const values = integersIn(numbers, 2, 32)
      return values !== undefined && verify(null, digest, object, Buffer.concat(values))
    }
    case ALGORITHM.ed25519:
      return numbers.length === 64 && verify(null, digest, object, numbers)
    case ALGORITHM.ed448:
      // A shorter digest than the curve's strength is not allowed (section 5.2.3.5).
      return (
        hashAlgorithm === SHA512 && numbers.length === 114 && verify(null, digest, object, numbers)
      )
    default:
      return false
  }
}

const COORDINATE_SIZES: ReadonlyMap<string, number> = new Map([
  ['nistP256', 32],
  ['nistP384', 48],
  ['nistP521', 66]
])

/** So many integers, each with `size` bytes, and nothing after them. */
function integersIn(bytes: Uint8Array, count: number, size: number): Uint8Array[] | undefined {
  const reader = new ByteReader(bytes)
  const integers = Array.from({ length: count }, () => padded(reader.integer(), size))
  const fitting = integers.filter((each) => each !== undefined)
  return reader.atEnd && fitting.length === count ? fitting : undefined
}
