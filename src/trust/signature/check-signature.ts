import type { SignaturePacket } from 'openpgp'
import type { KeyRing, RingKey } from '../keys/key-ring.js'
import { keyRefusal } from '../keys/key-validity.js'
import { openPgp } from '../keys/openpgp.js'
import { createdAt, isStrongHash } from '../keys/self-signatures.js'
import { Rejection } from './rejection.js'
import type { SignedMessage } from './signed-message.js'

/** How much later than ours the clock of an honest signer may be, in seconds. */
const CLOCK_SKEW = 300

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
export async function checkSignature(
  message: SignedMessage,
  ring: KeyRing,
  now: number
): Promise<CheckedSignature> {
  const packet = parseSignature(message.signature)
  refuseForm(packet)
  const by = await signerOf(packet, message.content, ring)
  const signed = createdAt(packet)
  refuseTime(packet, signed, now, by.person)
  const refusal = keyRefusal(by, signed, now)
  if (refusal === undefined) return { by, signed }
  const weakness = by.key.weakness ?? by.certificate.primary.weakness
  const why = weakness ?? `the key ${by.key.fingerprint} does not count: ${refusal}`
  throw new Rejection(`signature/${refusal}`, why, by.person)
}

function parseSignature(body: Uint8Array): SignaturePacket {
  const packet = new (openPgp().SignaturePacket)()
  try {
    // The declarations leave out how a packet is read.
    ;(packet as unknown as { read: (bytes: Uint8Array) => void }).read(body)
    return packet
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Rejection('signature/unreadable', reason)
  }
}

function refuseForm(packet: SignaturePacket): void {
  const { version, signatureType } = packet
  if (version !== 4 || signatureType !== openPgp().enums.signature.binary) {
    const found = `version ${version}, type ${signatureType ?? 'none'}`
    throw new Rejection('signature/unsupported', `no binary signature of version 4: ${found}`)
  }
  if (!isStrongHash(packet)) {
    const found = `hash algorithm ${packet.hashAlgorithm ?? 'none'}`
    throw new Rejection('signature/weak-hash', `${found} is none of SHA-256, SHA-384, SHA-512`)
  }
}

/** Which key made it. What the signature says of its key is a hint; the mathematics decide. */
async function signerOf(
  packet: SignaturePacket,
  content: Uint8Array,
  ring: KeyRing
): Promise<RingKey> {
  const keyId = packet.issuerKeyID.toHex()
  const candidates = ring.byKeyId(keyId)
  if (candidates.length === 0) {
    throw new Rejection('signature/unknown-key', `nobody of MAINTAINERS has the key ${keyId}`)
  }
  let reason = ''
  for (const candidate of candidates) {
    try {
      await verifyWith(packet, content, candidate)
      return candidate
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
    }
  }
  throw new Rejection('signature/wrong', `it is not by the key ${keyId}: ${reason}`)
}

/** Throws where the signature is not by this key over this content. */
async function verifyWith(
  packet: SignaturePacket,
  content: Uint8Array,
  { key }: RingKey
): Promise<void> {
  const { issuerFingerprint } = packet
  const named = issuerFingerprint && Buffer.from(issuerFingerprint).toString('hex')
  if (named !== null && named !== key.fingerprint) throw new Error('it names another key')
  const data = { text: null, getBytes: () => content }
  const { binary } = openPgp().enums.signature
  await packet.verify(key.packet, binary, data, null as unknown as Date)
}

function refuseTime(packet: SignaturePacket, signed: number, now: number, person: string): void {
  if (signed > now + CLOCK_SKEW) {
    throw new Rejection('signature/from-the-future', 'its time has not come yet', person)
  }
  const lifetime = packet.signatureExpirationTime ?? 0
  if (lifetime > 0 && signed + lifetime <= now) {
    throw new Rejection('signature/expired', 'its signer let it end', person)
  }
}
