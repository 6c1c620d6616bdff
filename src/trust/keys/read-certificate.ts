import type { PublicKey } from '../openpgp/public-key.js'
import type { SignaturePacket } from '../openpgp/signature-packet.js'
import {
  type TransferableKey,
  type TransferableSubkey,
  writeTransferableKey
} from '../openpgp/transferable-key.js'
import type { Certificate, SigningKey } from './certificate.js'
import {
  DIRECT_KEY,
  primaryStatements,
  type SelfStatements,
  subkeyConsents,
  subkeyStatements
} from './self-signatures.js'

/** The flag of a key that signs data (RFC 9580, section 5.2.3.29). */
const SIGNS_DATA = 0x02

/** More subkeys than anybody has; each costs several checks of signatures. */
const MOST_SUBKEYS = 50

/**
 * Takes from a parsed key what its owner says of it.
 * @param now seconds since 1970; statements made later, or expired by then, do not hold
 */
export function readCertificate(key: TransferableKey, file: string, now: number): Certificate {
  const statements = primaryStatements(key, now)
  const flags = newest(statements.holding.filter(({ keyFlags }) => keyFlags !== undefined))
  const primary = signingKey(key.primary, statements, expiryOfPrimary(statements), signsData(flags))
  const subkeys = key.subkeys.slice(0, MOST_SUBKEYS).map((each) => {
    return readSubkey(key.primary, each, now)
  })
  const userIds = key.users.map(({ bytes }) => Buffer.from(bytes).toString('utf8'))
  return { primary, subkeys, userIds, file, bytes: writeTransferableKey(key) }
}

function readSubkey(primary: PublicKey, subkey: TransferableSubkey, now: number): SigningKey {
  const statements = subkeyStatements(primary, subkey, now)
  const binding = newest(statements.holding)
  const consents =
    binding !== undefined && signsData(binding) && subkeyConsents(primary, subkey.key, binding, now)
  return signingKey(subkey.key, statements, binding?.keyLifetime ?? 0, consents)
}

function signingKey(
  packet: PublicKey,
  { revoked }: SelfStatements,
  lifetime: number,
  maySign: boolean
): SigningKey {
  const { fingerprint, name, created, material, weakness } = packet
  return {
    fingerprint,
    keyId: fingerprint.slice(-16),
    algorithm: name,
    created,
    ...(lifetime === 0 ? {} : { expires: created + lifetime }),
    revoked,
    maySign,
    ...(weakness === undefined ? {} : { weakness }),
    material,
    packet
  }
}

/**
 * Seconds from its creation for which a primary key holds, 0 without an end. The newest certification
 * tells; a direct-key signature that tells of an earlier end wins, because doubt is to stop a key.
 */
function expiryOfPrimary({ holding }: SelfStatements): number {
  const isDirect = ({ type }: SignaturePacket): boolean => type === DIRECT_KEY
  const direct = newest(holding.filter(isDirect))
  const named = newest(holding.filter((each) => !isDirect(each)))
  const lifetimes = [direct, named].map((each) => each?.keyLifetime ?? 0)
  const ends = lifetimes.filter((lifetime) => lifetime > 0)
  return ends.length === 0 ? 0 : Math.min(...ends)
}

function signsData(statement: SignaturePacket | undefined): boolean {
  return ((statement?.keyFlags ?? 0) & SIGNS_DATA) !== 0
}

function newest(statements: readonly SignaturePacket[]): SignaturePacket | undefined {
  return statements.reduce<SignaturePacket | undefined>((best, each) => {
    return best === undefined || each.created > best.created ? each : best
  }, undefined)
}
