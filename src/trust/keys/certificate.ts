import type { PublicKey } from '../openpgp/public-key.js'

/**
 * A primary key or a subkey, and what its owner says of it. Times are seconds since 1970.
 */
export interface SigningKey {
  /** 40 lower-case hexadecimal digits. */
  readonly fingerprint: string
  /** The last 16 digits of the fingerprint, by which signatures refer to it. */
  readonly keyId: string
  /** `rsa4096`, `ed25519`, … */
  readonly algorithm: string
  readonly created: number
  /** The first second in which it no longer holds; absent where it holds for ever. */
  readonly expires?: number
  /** Whether its owner has withdrawn it, for whatever reason and from whatever time on. */
  readonly revoked: boolean
  /** Whether its owner says that it is for signing data, and, of a subkey, the subkey says so, too. */
  readonly maySign: boolean
  /** Why nobody should rely on its algorithm, where that is so. */
  readonly weakness?: string
  /** The digest of the key's numbers alone: equal for one key under several dates or owners. */
  readonly material: string
  readonly packet: PublicKey
}

/** A public key with everything that its owner says of it, checked. */
export interface Certificate {
  readonly primary: SigningKey
  readonly subkeys: readonly SigningKey[]
  readonly userIds: readonly string[]
  /** The file that it was read from, as shown to people. */
  readonly file: string
  /** Its packets, without armour. */
  readonly bytes: Uint8Array
}
