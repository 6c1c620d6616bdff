import type { PublicKey, SignaturePacket, Subkey } from 'openpgp'
import type { Certificate, SigningKey } from './certificate.js'
import { algorithmName, keyWeakness, materialOf } from './key-weakness.js'
import {
  createdAt,
  DIRECT_KEY,
  primaryStatements,
  type SelfStatements,
  subkeyConsents,
  subkeyStatements,
  typeOf
} from './self-signatures.js'

/** The flag of a key that signs data (RFC 9580, section 5.2.3.29). */
const SIGNS_DATA = 0x02

/** More subkeys than anybody has; each costs several checks of signatures. */
const MOST_SUBKEYS = 50

/**
 * Takes from a parsed key what its owner says of it.
 * @param now seconds since 1970; statements made later, or expired by then, do not hold
 */
export async function readCertificate(
  key: PublicKey,
  file: string,
  now: number
): Promise<Certificate> {
  const statements = await primaryStatements(key, now)
  const flags = newest(statements.holding.filter(({ keyFlags }) => keyFlags !== null))
  const primary = signingKey(key, statements, expiryOfPrimary(statements), signsData(flags))
  const subkeys: SigningKey[] = []
  for (const subkey of key.subkeys.slice(0, MOST_SUBKEYS)) {
    subkeys.push(await readSubkey(key, subkey, now))
  }
  return { primary, subkeys, userIds: key.getUserIDs(), file, bytes: key.write() }
}

async function readSubkey(key: PublicKey, subkey: Subkey, now: number): Promise<SigningKey> {
  const statements = await subkeyStatements(key, subkey, now)
  const binding = newest(statements.holding)
  const consents =
    binding !== undefined && signsData(binding) && (await subkeyConsents(key, subkey, binding, now))
  return signingKey(subkey, statements, binding?.keyExpirationTime ?? 0, consents)
}

function signingKey(
  { keyPacket }: PublicKey | Subkey,
  { revoked }: SelfStatements,
  lifetime: number,
  maySign: boolean
): SigningKey {
  const fingerprint = keyPacket.getFingerprint()
  const created = Math.floor(keyPacket.created.getTime() / 1000)
  const weakness = keyWeakness(keyPacket)
  return {
    fingerprint,
    keyId: fingerprint.slice(-16),
    algorithm: algorithmName(keyPacket),
    created,
    ...(lifetime === 0 ? {} : { expires: created + lifetime }),
    revoked,
    maySign,
    ...(weakness === undefined ? {} : { weakness }),
    material: materialOf(keyPacket),
    packet: keyPacket
  }
}

/**
 * Seconds from its creation for which a primary key holds, 0 without an end. The newest certification
 * tells; a direct-key signature that tells of an earlier end wins, because doubt is to stop a key.
 */
function expiryOfPrimary({ holding }: SelfStatements): number {
  const isDirect = (each: SignaturePacket): boolean => typeOf(each) === DIRECT_KEY
  const direct = newest(holding.filter(isDirect))
  const named = newest(holding.filter((each) => !isDirect(each)))
  const lifetimes = [direct, named].map((each) => each?.keyExpirationTime ?? 0)
  const ends = lifetimes.filter((lifetime) => lifetime > 0)
  return ends.length === 0 ? 0 : Math.min(...ends)
}

function signsData(statement: SignaturePacket | undefined): boolean {
  return ((statement?.keyFlags?.[0] ?? 0) & SIGNS_DATA) !== 0
}

function newest(statements: readonly SignaturePacket[]): SignaturePacket | undefined {
  return statements.reduce<SignaturePacket | undefined>((best, each) => {
    return best === undefined || createdAt(each) > createdAt(best) ? each : best
  }, undefined)
}
