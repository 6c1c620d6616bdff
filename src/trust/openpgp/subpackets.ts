import { ByteReader } from './byte-reader.js'

/** One statement within a signature (RFC 9580, section 5.2.3.7). */
export interface Subpacket {
  readonly type: number
  /** Whoever does not understand it must not rely on the signature. */
  readonly critical: boolean
  readonly body: Uint8Array
}

/** Types of subpackets (RFC 9580, section 5.2.3.7, table 5) that tell something here. */
export const SUBPACKET = {
  created: 2,
  lifetime: 3,
  keyLifetime: 9,
  preferredCiphers: 11,
  revocationKey: 12,
  issuer: 16,
  preferredHashes: 21,
  preferredCompressions: 22,
  keyServerPreferences: 23,
  preferredKeyServer: 24,
  primaryUserId: 25,
  policy: 26,
  keyFlags: 27,
  signersUserId: 28,
  features: 30,
  embeddedSignature: 32,
  issuerFingerprint: 33,
  preferredAeadAlgorithms: 34,
  preferredCipherSuites: 39
} as const

/** @throws Malformed where they do not fill the bytes exactly */
export function readSubpackets(bytes: Uint8Array): Subpacket[] {
  const reader = new ByteReader(bytes)
  const subpackets: Subpacket[] = []
  while (!reader.atEnd) {
    const content = new ByteReader(reader.take(readLength(reader)))
    const type = content.number(1)
    subpackets.push({ type: type & 0x7f, critical: type >= 0x80, body: content.rest() })
  }
  return subpackets
}

function readLength(reader: ByteReader): number {
  const first = reader.number(1)
  if (first < 192) return first
  if (first < 255) return ((first - 192) << 8) + reader.number(1) + 192
  return reader.number(4)
}
