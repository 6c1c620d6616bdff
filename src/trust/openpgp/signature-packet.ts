import { ByteReader } from './byte-reader.js'
import { Malformed } from './malformed.js'
import { readSubpackets, type Subpacket, SUBPACKET } from './subpackets.js'

/** A signature packet of version 4, taken apart and not checked (RFC 9580, section 5.2.3). */
export interface SignaturePacket {
  /** All of it. */
  readonly body: Uint8Array
  /** What is signed (section 5.2.1). */
  readonly type: number
  readonly keyAlgorithm: number
  readonly hashAlgorithm: number
  /** From the version to the end of the hashed subpackets: signed together with what it is about. */
  readonly hashedPart: Uint8Array
  readonly subpackets: readonly Subpacket[]
  /** Subpackets that are not signed: hints, and signatures that stand for themselves. */
  readonly unhashed: readonly Subpacket[]
  /** Seconds since 1970. */
  readonly created: number
  /** Seconds; 0 for a signature without an end. */
  readonly lifetime: number
  /** Seconds from a key's creation for which it holds; 0 for a key without an end, or where nothing is said. */
  readonly keyLifetime: number
  /** The first byte of what a key is for, where it is said (section 5.2.3.29). */
  readonly keyFlags?: number
  /** Hexadecimal key ids and fingerprints that it gives for its key; not to be relied on. */
  readonly issuers: readonly string[]
  /** The first two bytes of the digest. */
  readonly digestStart: Uint8Array
  /** The numbers of the algorithm, not looked at. */
  readonly numbers: Uint8Array
}

/** The only version that is read: version 3 states nothing, version 6 is of keys that stock tools lack. */
export const SIGNATURE_VERSION = 4

/**
 * Takes a signature of version 4 apart.
 * @throws Malformed
 */
export function readSignature(body: Uint8Array): SignaturePacket {
  const reader = new ByteReader(body)
  const [version, type, keyAlgorithm, hashAlgorithm] = [1, 1, 1, 1].map((size) => {
    return reader.number(size)
  })
  if (version !== SIGNATURE_VERSION) throw new Malformed(`its version is ${String(version)}`)
  const subpackets = readSubpackets(reader.take(reader.number(2)))
  const hashedPart = body.subarray(0, reader.offset)
  const unhashed = readSubpackets(reader.take(reader.number(2)))
  const created = singleNumber(subpackets, SUBPACKET.created)
  if (created === undefined) throw new Malformed('it does not say when it was made')
  const keyFlags = singleSubpacket(subpackets, SUBPACKET.keyFlags)
  return {
    body,
    type: type ?? 0,
    keyAlgorithm: keyAlgorithm ?? 0,
    hashAlgorithm: hashAlgorithm ?? 0,
    hashedPart,
    subpackets,
    unhashed,
    created,
    lifetime: singleNumber(subpackets, SUBPACKET.lifetime) ?? 0,
    keyLifetime: singleNumber(subpackets, SUBPACKET.keyLifetime) ?? 0,
    ...(keyFlags === undefined ? {} : { keyFlags: keyFlags[0] ?? 0 }),
    issuers: issuersIn(subpackets) ?? issuersIn(unhashed) ?? [],
    digestStart: reader.take(2),
    numbers: reader.rest()
  }
}

/**
 * The only signed subpacket of a type. Readers differ in which of two they believe.
 * @throws Malformed where there are several
 */
function singleSubpacket(subpackets: readonly Subpacket[], type: number): Uint8Array | undefined {
  const [found, another] = subpackets.filter((each) => each.type === type)
  if (another !== undefined) throw new Malformed(`it has two subpackets of type ${type}`)
  return found?.body
}

/** A number of four bytes. */
function singleNumber(subpackets: readonly Subpacket[], type: number): number | undefined {
  const body = singleSubpacket(subpackets, type)
  if (body === undefined) return undefined
  if (body.length !== 4) throw new Malformed(`its subpacket of type ${type} is no number`)
  return new ByteReader(body).number(4)
}

/** The type of the first critical subpacket that the reader does not understand. */
export function unheeded(
  { subpackets }: SignaturePacket,
  understood: readonly number[]
): number | undefined {
  return subpackets.find(({ type, critical }) => critical && !understood.includes(type))?.type
}

function issuersIn(subpackets: readonly Subpacket[]): readonly string[] | undefined {
  const issuers = subpackets.flatMap(({ type, body }) => {
    if (type === SUBPACKET.issuer) return [Buffer.from(body).toString('hex')]
    // A byte of version, and the fingerprint.
    if (type !== SUBPACKET.issuerFingerprint) return []
    return [Buffer.from(body.subarray(1)).toString('hex')]
  })
  return issuers.length === 0 ? undefined : issuers
}
