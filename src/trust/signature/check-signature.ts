import type { KeyRing, RingKey } from '../keys/key-ring.js'
import { keyRefusal } from '../keys/key-validity.js'
import { isStrongHash } from '../keys/self-signatures.js'
import { isSignedBy } from '../openpgp/check-numbers.js'
import { Malformed } from '../openpgp/malformed.js'
import {
  readSignature,
  SIGNATURE_VERSION,
  type SignaturePacket,
  unheeded
} from '../openpgp/signature-packet.js'
import { SUBPACKET } from '../openpgp/subpackets.js'
import { Rejection } from './rejection.js'
import type { SignedMessage } from './signed-message.js'

/** How much later than ours the clock of an honest signer may be, in seconds. */
const CLOCK_SKEW = 300

/** The type of a signature over bytes as they are (RFC 9580, section 5.2.1.1). */
const BINARY = 0x00

/** What a signature of data may hold as critical: all that is heeded below, and a name that is not relied on. */
const UNDERSTOOD = [
  SUBPACKET.created,
  SUBPACKET.lifetime,
  SUBPACKET.issuer,
  SUBPACKET.issuerFingerprint,
  SUBPACKET.signersUserId
]

/** A signature that is right, of a key that may make it. */
export interface CheckedSignature {
  readonly by: RingKey
  /** Seconds since 1970; what the signer says. */
  readonly signed: number
}

/**
 * Checks a message's signature: its form, its mathematics, its key at the time of signing and now.
 * @param now seconds since 1970
 * @throws Rejection for everything that is not right, and nothing else
 */
export function checkSignature(
  message: SignedMessage,
  ring: KeyRing,
  now: number
): CheckedSignature {
  const packet = parseSignature(message.signature)
  refuseForm(packet)
  const by = signerOf(packet, message.content, ring)
  refuseTime(packet, now, by.person)
  const signed = packet.created
  const refusal = keyRefusal(by, signed, now)
  if (refusal === undefined) return { by, signed }
  const weakness = by.key.weakness ?? by.certificate.primary.weakness
  const why = weakness ?? `the key ${by.key.fingerprint} does not count: ${refusal}`
  throw new Rejection(`signature/${refusal}`, why, by.person)
}

function parseSignature(body: Uint8Array): SignaturePacket {
  const [version] = body
  if (version !== SIGNATURE_VERSION) {
    throw unsupported(`it is of version ${version ?? 'none'}, not ${SIGNATURE_VERSION}`)
  }
  try {
    return readSignature(body)
  } catch (error) {
    if (error instanceof Malformed) throw new Rejection('signature/unreadable', error.message)
    throw error
  }
}

function refuseForm(packet: SignaturePacket): void {
  if (packet.type !== BINARY) throw unsupported(`its type is ${packet.type}, not that of data`)
  if (!isStrongHash(packet)) {
    const found = `hash algorithm ${packet.hashAlgorithm}`
    throw new Rejection('signature/weak-hash', `${found} is none of SHA-256, SHA-384, SHA-512`)
  }
  const critical = unheeded(packet, UNDERSTOOD)
  if (critical === undefined) return
  throw unsupported(`it is only for who heeds subpackets of type ${critical}`)
}

/** Which key made it. What the signature says of its key is a hint; the mathematics decide. */
function signerOf(packet: SignaturePacket, content: Uint8Array, ring: KeyRing): RingKey {
  const keyId = packet.issuers[0]?.slice(-16) ?? ''
  const candidates = ring.byKeyId(keyId)
  if (candidates.length === 0) {
    throw new Rejection('signature/unknown-key', `nobody of MAINTAINERS has the key ${keyId}`)
  }
  const found = candidates.find(({ key: { fingerprint, packet: key } }) => {
    const named = packet.issuers.every((issuer) => fingerprint.endsWith(issuer))
    return named && isSignedBy(packet, key, [content])
  })
  if (found !== undefined) return found
  throw new Rejection('signature/wrong', `it is not by the key ${keyId}`)
}

function refuseTime({ created, lifetime }: SignaturePacket, now: number, person: string): void {
  if (created > now + CLOCK_SKEW) {
    throw new Rejection('signature/from-the-future', 'its time has not come yet', person)
  }
  if (lifetime > 0 && created + lifetime <= now) {
    throw new Rejection('signature/expired', 'its signer let it end', person)
  }
}

function unsupported(message: string): Rejection {
  return new Rejection('signature/unsupported', message)
}
