import { byCodeUnit } from '../../base/order.js'
import type { KeyRing } from '../keys/key-ring.js'
import { keyRefusal } from '../keys/key-validity.js'
import { TrustError } from '../trust-error.js'
import { binomial, subsets } from './subsets.js'

/** What a policy is made of. */
export interface PolicyWishes {
  readonly ring: KeyRing
  /** Seconds since 1970. */
  readonly now: number
  /** Distinct people who must have signed. */
  readonly threshold: number
  /** Full names below which the policy holds: `docker.io/stagex`; signatures name the first. */
  readonly scopes: readonly string[]
  /** The folder that the key rings will lie in, as stock tools will find it: absolute. */
  readonly keyFolder: string
}

/** A file of keys, any of which satisfies one requirement. */
export interface RingFile {
  readonly name: string
  readonly people: readonly string[]
  readonly bytes: Uint8Array
}

/** Requirements of containers-policy.json(5), by scope. */
export type PolicyScopes = Readonly<Record<string, readonly unknown[]>>

/** A policy for stock tools. */
export interface Policy {
  readonly scopes: PolicyScopes
  readonly rings: readonly RingFile[]
  /** The people whose keys are in it. */
  readonly people: readonly string[]
}

/** Requirements for a scope: each costs every pull a run of gpg over every signature. */
const MOST_RINGS = 1000

/**
 * Writes "at least k of n people" so that tools which only know "one of these keys" enforce it. All
 * requirements of a scope must hold. With one for each choice of n−k+1 people, any k signers are in each of
 * them, and any k−1 signers leave out one: the one made of everybody else.
 * @throws TrustError `policy/too-few-people`, `policy/too-many-rings`
 */
export function makePolicy(wishes: PolicyWishes): Policy {
  const keys = usableKeys(wishes)
  const people = [...keys.keys()].sort(byCodeUnit)
  const size = people.length - wishes.threshold + 1
  if (wishes.threshold < 1 || size < 1) throw tooFew(people, wishes.threshold)
  const count = binomial(people.length, size)
  if (count > MOST_RINGS) throw tooMany(people.length, wishes.threshold, count)
  const rings = [...subsets(people, size)].map((chosen, index) => ({
    name: `ring-${String(index + 1).padStart(4, '0')}.gpg`,
    people: chosen,
    bytes: Buffer.concat(chosen.flatMap((person) => keys.get(person) ?? []))
  }))
  const [first = ''] = wishes.scopes
  const entries = wishes.scopes.map((scope) => {
    const signedIdentity = identityOf(scope, first)
    return [scope, rings.map(({ name }) => signedBy(`${wishes.keyFolder}/${name}`, signedIdentity))]
  })
  return { scopes: Object.fromEntries(entries) as PolicyScopes, rings, people }
}

/** All certificates of each person that hold a key which may sign now; several are as good as one. */
function usableKeys({ ring, now }: PolicyWishes): Map<string, Uint8Array[]> {
  const keys = new Map<string, Uint8Array[]>()
  const seen = new Set<string>()
  for (const each of ring.keys) {
    const { fingerprint } = each.certificate.primary
    if (seen.has(fingerprint) || keyRefusal(each, now, now) !== undefined) continue
    seen.add(fingerprint)
    keys.set(each.person, [...(keys.get(each.person) ?? []), each.certificate.bytes])
  }
  return keys
}

/**
 * What a signature may be about. Its tag is not compared where that can be said: tags move. A copy at another
 * registry has the signatures of the first; there, the signed tag or a digest has to be asked for.
 */
function identityOf(scope: string, first: string): unknown {
  if (scope === first) return { type: 'matchRepository' }
  return { type: 'remapIdentity', prefix: scope, signedPrefix: first }
}

function signedBy(keyPath: string, signedIdentity: unknown): unknown {
  return { type: 'signedBy', keyType: 'GPGKeys', keyPath, signedIdentity }
}

function tooFew(people: readonly string[], threshold: number): TrustError {
  return new TrustError('policy/too-few-people', 'there are fewer people than have to sign', {
    expected: `at least ${threshold} with a key that may sign now`,
    found: people.length === 0 ? 'nobody' : people.join(' '),
    hint: 'stagex maintainers check'
  })
}

function tooMany(people: number, threshold: number, count: number): TrustError {
  return new TrustError('policy/too-many-rings', 'no stock tool can be told this policy', {
    expected: `at most ${MOST_RINGS} key rings`,
    found: `${count}, for ${threshold} of ${people} people`,
    hint: 'stagex verify has no such limit; or ask for a threshold nearer to 1 or to everybody'
  })
}
