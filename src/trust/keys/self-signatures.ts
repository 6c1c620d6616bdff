import type { PublicKey, SignaturePacket, Subkey } from 'openpgp'
import { openPgp } from './openpgp.js'

/** Signature types (RFC 9580, section 5.2.1). */
export const DIRECT_KEY = 0x1f
const KEY_REVOCATION = 0x20
const SUBKEY_BINDING = 0x18
const PRIMARY_KEY_BINDING = 0x19
const SUBKEY_REVOCATION = 0x28
const CERTIFICATION_REVOCATION = 0x30

/** SHA-2 of at least 256 bits: nobody can make two statements that share one signature. */
const STRONG_HASHES = [8, 9, 10]

/** Whether a signature's hash algorithm holds against collisions. */
export function isStrongHash(signature: SignaturePacket): boolean {
  return signature.hashAlgorithm !== null && STRONG_HASHES.includes(signature.hashAlgorithm)
}

/** What a key's owner says of it; only statements whose signature was checked. */
export interface SelfStatements {
  /** Direct-key signatures and certifications of user IDs that were not withdrawn. */
  readonly holding: readonly SignaturePacket[]
  readonly revoked: boolean
}

/** Checks the statements that a primary key makes of itself. `now` in seconds since 1970. */
export async function primaryStatements(key: PublicKey, now: number): Promise<SelfStatements> {
  const { keyPacket, users, revocationSignatures } = key
  const about = { key: keyPacket }
  // The type declarations leave it out.
  const direct = (key as unknown as { directSignatures: SignaturePacket[] }).directSignatures
  const holding = await checkedAll(direct, key, [DIRECT_KEY], about, now)
  for (const { userID, selfCertifications, revocationSignatures: withdrawn } of users) {
    if (userID === null) continue
    const named = { key: keyPacket, userID }
    const types = [0x10, 0x11, 0x12, 0x13]
    const certified = await checkedAll(selfCertifications, key, types, named, now)
    const gone = await checkedAll(withdrawn, key, [CERTIFICATION_REVOCATION], named, Infinity)
    const last = Math.max(-1, ...gone.map(createdAt))
    holding.push(...certified.filter((each) => createdAt(each) > last))
  }
  const gone = await checkedAll(revocationSignatures, key, [KEY_REVOCATION], about, Infinity)
  return { holding, revoked: gone.length > 0 }
}

/** Checks the statements that a primary key makes of a subkey, and the subkey's own consent to sign. */
export async function subkeyStatements(
  key: PublicKey,
  subkey: Subkey,
  now: number
): Promise<SelfStatements> {
  const about = { key: key.keyPacket, bind: subkey.keyPacket }
  const { bindingSignatures, revocationSignatures } = subkey
  const holding = await checkedAll(bindingSignatures, key, [SUBKEY_BINDING], about, now)
  const gone = await checkedAll(revocationSignatures, key, [SUBKEY_REVOCATION], about, Infinity)
  return { holding, revoked: gone.length > 0 }
}

/**
 * Whether a subkey agreed to sign for its primary key: without, anybody could adopt another's subkey and
 * pass its signatures off as their own (RFC 9580, section 10.1.5).
 */
export async function subkeyConsents(
  key: PublicKey,
  subkey: Subkey,
  binding: SignaturePacket,
  now: number
): Promise<boolean> {
  const consent = binding.embeddedSignature
  if (consent === null || typeOf(consent) !== PRIMARY_KEY_BINDING) return false
  if (!holdsAt(consent, now)) return false
  const about = { key: key.keyPacket, bind: subkey.keyPacket }
  return isValid(consent, subkey.keyPacket, about)
}

/** The type of a signature as RFC 9580 numbers them, -1 where it has none. */
export function typeOf(signature: SignaturePacket): number {
  return signature.signatureType ?? -1
}

/** When a signature says that it was made, in seconds since 1970. */
export function createdAt(signature: SignaturePacket): number {
  return Math.floor((signature.created?.getTime() ?? NaN) / 1000)
}

async function checkedAll(
  signatures: readonly SignaturePacket[],
  key: PublicKey,
  types: readonly number[],
  about: object,
  now: number
): Promise<SignaturePacket[]> {
  const checked: SignaturePacket[] = []
  for (const signature of signatures) {
    if (!types.includes(typeOf(signature))) continue
    // A withdrawal counts whenever it was made and however: who doubts a key must be able to stop it.
    const withdraws = now === Infinity
    if (!withdraws && (!isStrongHash(signature) || !holdsAt(signature, now))) continue
    if (await isValid(signature, key.keyPacket, about)) checked.push(signature)
  }
  return checked
}

function holdsAt(signature: SignaturePacket, now: number): boolean {
  const created = createdAt(signature)
  const lifetime = signature.signatureExpirationTime ?? 0
  return created <= now && (lifetime === 0 || created + lifetime > now)
}

/** The library throws for every reason not to accept; each of them means no. */
async function isValid(
  signature: SignaturePacket,
  signer: Parameters<SignaturePacket['verify']>[0],
  about: object
): Promise<boolean> {
  const { config } = openPgp()
  const type = signature.signatureType
  if (type === null || signature.version !== 4) return false
  try {
    await signature.verify(signer, type, about, null as unknown as Date, false, {
      ...config,
      rejectHashAlgorithms: new Set()
    })
    return true
  } catch {
    return false
  }
}
