import type { RingKey } from './key-ring.js'
import type { SigningKey } from './certificate.js'

/** Why a signature's key does not count. */
export type KeyRefusal =
  | 'key-revoked'
  | 'key-expired'
  | 'key-expired-then'
  | 'key-not-made-yet'
  | 'key-cannot-sign'
  | 'weak-key'

/**
 * Why a signature that `key` made at `signed` does not count at `now`, if so. The key and the primary key
 * above it must have held when it signed, and must hold now: whoever learns of a stolen key withdraws it, and
 * every signature of that key is then in doubt, whatever date it bears.
 * @param signed seconds since 1970
 * @param now seconds since 1970
 */
export function keyRefusal(
  { key, certificate: { primary } }: Pick<RingKey, 'key' | 'certificate'>,
  signed: number,
  now: number
): KeyRefusal | undefined {
  const chain = [primary, key]
  if (chain.some(({ revoked }) => revoked)) return 'key-revoked'
  if (chain.some(({ weakness }) => weakness !== undefined)) return 'weak-key'
  if (!key.maySign) return 'key-cannot-sign'
  if (chain.some(({ created }) => created > signed)) return 'key-not-made-yet'
  if (chain.some((each) => expiredAt(each, signed))) return 'key-expired-then'
  if (chain.some((each) => expiredAt(each, now))) return 'key-expired'
  return undefined
}

/** Whether a key no longer holds at a time, in seconds since 1970. */
export function expiredAt({ expires }: SigningKey, time: number): boolean {
  return expires !== undefined && expires <= time
}
