import type { Maintainers } from '../maintainers/maintainers.js'
import type { Certificate, SigningKey } from './certificate.js'

/** A key that may sign, and whose it is. */
export interface RingKey {
  readonly key: SigningKey
  readonly certificate: Certificate
  /** The id of a person of MAINTAINERS. */
  readonly person: string
}

/** All keys of all people, by what signatures say of their key. */
export interface KeyRing {
  /** By the last 16 digits of the fingerprint: more than one where somebody made it so. */
  byKeyId(keyId: string): readonly RingKey[]
  readonly keys: readonly RingKey[]
  /** People with a usable or unusable key, by the material that more than one of them has. */
  readonly shared: ReadonlyMap<string, readonly string[]>
}

/**
 * Gives the keys that were read to the people of MAINTAINERS, by the fingerprint of the primary key. A key
 * that nobody lists is nobody's. A key whose numbers two people have is nobody's either: with it, one of
 * them could sign as the other.
 */
export function keyRing(maintainers: Maintainers, certificates: readonly Certificate[]): KeyRing {
  const owners = new Map(maintainers.keys.map(({ fingerprint, person }) => [fingerprint, person]))
  const owned = certificates.flatMap((certificate) => {
    const person = owners.get(certificate.primary.fingerprint)
    if (person === undefined) return []
    const keys = [certificate.primary, ...certificate.subkeys]
    return keys.map((key) => ({ key, certificate, person }))
  })
  const shared = sharedMaterial(owned)
  const keys = owned.filter(({ key }) => !shared.has(key.material))
  const index = new Map<string, RingKey[]>()
  for (const each of keys) {
    index.set(each.key.keyId, [...(index.get(each.key.keyId) ?? []), each])
  }
  return { byKeyId: (keyId) => index.get(keyId) ?? [], keys, shared }
}

function sharedMaterial(owned: readonly RingKey[]): Map<string, readonly string[]> {
  const people = new Map<string, Set<string>>()
  // Only a key that can sign, and has agreed to: else anybody could take another's away by claiming it.
  for (const { key, person } of owned.filter(({ key }) => key.maySign)) {
    people.set(key.material, (people.get(key.material) ?? new Set<string>()).add(person))
  }
  const several = [...people].filter(([, owners]) => owners.size > 1)
  return new Map(several.map(([material, owners]) => [material, [...owners]]))
}
