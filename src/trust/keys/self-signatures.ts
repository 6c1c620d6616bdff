import { isSignedBy } from '../openpgp/check-numbers.js'
import { Malformed } from '../openpgp/malformed.js'
import { keyForHash, type PublicKey } from '../openpgp/public-key.js'
import { readSignature, type SignaturePacket, unheeded } from '../openpgp/signature-packet.js'
import { SUBPACKET } from '../openpgp/subpackets.js'
import type { TransferableKey, TransferableSubkey, UserId } from '../openpgp/transferable-key.js'

/** Signature types (RFC 9580, section 5.2.1). */
export const DIRECT_KEY = 0x1f
const KEY_REVOCATION = 0x20
const SUBKEY_BINDING = 0x18
const PRIMARY_KEY_BINDING = 0x19
const SUBKEY_REVOCATION = 0x28
const CERTIFICATIONS = [0x10, 0x11, 0x12, 0x13]
const CERTIFICATION_REVOCATION = 0x30

/** SHA-2 of at least 256 bits: nobody can make two statements that share one signature. */
const STRONG_HASHES = [8, 9, 10]

/**
 * What a statement about a key may hold as critical. Who may revoke in its owner's place is not among them:
 * nobody here would hear of such a withdrawal.
 */
const UNDERSTOOD = Object.values(SUBPACKET).filter((type) => type !== SUBPACKET.revocationKey)

/** Whether a signature's hash algorithm holds against collisions. */
export function isStrongHash({ hashAlgorithm }: SignaturePacket): boolean {
  return STRONG_HASHES.includes(hashAlgorithm)
}

/** What a key's owner says of it; only statements whose signature was checked. */
export interface SelfStatements {
  /** Direct-key signatures and certifications of user IDs that were not withdrawn. */
  readonly holding: readonly SignaturePacket[]
  readonly revoked: boolean
}

/** Checks the statements that a primary key makes of itself. `now` in seconds since 1970. */
export function primaryStatements(key: TransferableKey, now: number): SelfStatements {
  const { primary, signatures, users } = key
  const about = aboutKeys(primary)
  const direct = holdingStatements(signatures, [DIRECT_KEY], about, now)
  const named = users.flatMap((user) => certifications(primary, user, now))
  const revoked = withdrawals(signatures, KEY_REVOCATION, about).length > 0
  return { holding: [...direct, ...named], revoked }
}

/** What the key says of one of its names after it last took the name back. */
function certifications(
  primary: PublicKey,
  { bytes, signatures }: UserId,
  now: number
): SignaturePacket[] {
  const about = aboutName(primary, bytes)
  const certified = holdingStatements(signatures, CERTIFICATIONS, about, now)
  const gone = withdrawals(signatures, CERTIFICATION_REVOCATION, about)
  const last = Math.max(-1, ...gone.map(({ created }) => created))
  return certified.filter(({ created }) => created > last)
}

/** Checks the statements that a primary key makes of a subkey. */
export function subkeyStatements(
  primary: PublicKey,
  { key, signatures }: TransferableSubkey,
  now: number
): SelfStatements {
  const about = aboutKeys(primary, key)
  const holding = holdingStatements(signatures, [SUBKEY_BINDING], about, now)
  return { holding, revoked: withdrawals(signatures, SUBKEY_REVOCATION, about).length > 0 }
}

/**
 * Whether a subkey agreed to sign for its primary key: without, anybody could adopt another's subkey and
 * pass its signatures off as their own (RFC 9580, section 10.1.5).
 */
export function subkeyConsents(
  primary: PublicKey,
  subkey: PublicKey,
  binding: SignaturePacket,
  now: number
): boolean {
  const about = { ...aboutKeys(primary, subkey), by: subkey }
  // It needs no signature of the primary key: what the subkey says stands for itself.
  const consents = [...binding.subpackets, ...binding.unhashed]
    .filter(({ type }) => type === SUBPACKET.embeddedSignature)
    .slice(0, MOST_CONSENTS)
    .flatMap(({ body }) => readIfReadable(body))
  return holdingStatements(consents, [PRIMARY_KEY_BINDING], about, now).length > 0
}

/** Each costs a check, and one is enough. */
const MOST_CONSENTS = 8

/** Anybody can put something else in the place of a consent: that is none, and spoils nothing. */
function readIfReadable(body: Uint8Array): SignaturePacket[] {
  try {
    return [readSignature(body)]
  } catch (error) {
    if (error instanceof Malformed) return []
    throw error
  }
}

/** Who has to have signed a statement, and what it is about. */
interface About {
  readonly by: PublicKey
  readonly data: readonly Uint8Array[]
}

function aboutKeys(primary: PublicKey, ...subkeys: readonly PublicKey[]): About {
  return { by: primary, data: [primary, ...subkeys].map(({ body }) => keyForHash(body)) }
}

function aboutName(primary: PublicKey, name: Uint8Array): About {
  const head = Buffer.from([0xb4, 0, 0, 0, 0])
  head.writeUInt32BE(name.length, 1)
  return { by: primary, data: [keyForHash(primary.body), head, name] }
}

/** The key with the statements that it made itself, whether they hold or not; strangers' are left out. */
export function ownStatements(key: TransferableKey): TransferableKey {
  const { primary, signatures, users, subkeys } = key
  const own = (found: readonly SignaturePacket[], types: readonly number[], about: About) => {
    return found.filter((each) => types.includes(each.type) && isBy(each, about))
  }
  const named = [...CERTIFICATIONS, CERTIFICATION_REVOCATION]
  const bound = [SUBKEY_BINDING, SUBKEY_REVOCATION]
  return {
    primary,
    signatures: own(signatures, [DIRECT_KEY, KEY_REVOCATION], aboutKeys(primary)),
    users: users.map(({ bytes, signatures: found }) => {
      return { bytes, signatures: own(found, named, aboutName(primary, bytes)) }
    }),
    subkeys: subkeys.map(({ key: subkey, signatures: found }) => {
      return { key: subkey, signatures: own(found, bound, aboutKeys(primary, subkey)) }
    })
  }
}

function holdingStatements(
  signatures: readonly SignaturePacket[],
  types: readonly number[],
  about: About,
  now: number
): SignaturePacket[] {
  return signatures.filter((each) => {
    if (!types.includes(each.type)) return false
    if (!isStrongHash(each) || !holdsAt(each, now)) return false
    if (each.subpackets.some(({ type }) => type === SUBPACKET.revocationKey)) return false
    return unheeded(each, UNDERSTOOD) === undefined && isBy(each, about)
  })
}

/**
 * A withdrawal counts whenever it was made and however, with an old hash and with whatever it holds: who
 * doubts a key must be able to stop it.
 */
function withdrawals(
  signatures: readonly SignaturePacket[],
  type: number,
  about: About
): SignaturePacket[] {
  return signatures.filter((each) => each.type === type && isBy(each, about))
}

/** Certifications by strangers, of which a key may have thousands, are passed over without mathematics. */
function isBy(signature: SignaturePacket, { by, data }: About): boolean {
  const named = signature.issuers.every((issuer) => by.fingerprint.endsWith(issuer))
  return named && isSignedBy(signature, by, data)
}

function holdsAt({ created, lifetime }: SignaturePacket, now: number): boolean {
  return created <= now && (lifetime === 0 || created + lifetime > now)
}
