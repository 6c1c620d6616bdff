import { join } from 'node:path'
import type { Problem } from '../../tree/problem.js'
import type { Certificate, SigningKey } from '../keys/certificate.js'
import { keyRing, type KeyRing } from '../keys/key-ring.js'
import { expiredAt, keyRefusal } from '../keys/key-validity.js'
import { readKeys } from '../keys/read-keys.js'
import type { TrustError } from '../trust-error.js'
import { readMaintainers } from './read-maintainers.js'
import type { ListedKey, Machine, Maintainers, Person } from './maintainers.js'

/** What is wrong, or soon will be, with the people and keys of a tree. */
export type MaintainerFindingCode =
  | 'maintainers/file'
  | 'maintainers/no-key'
  | 'maintainers/no-machine'
  | 'maintainers/key-missing'
  | 'maintainers/key-unlisted'
  | 'maintainers/key-shared'
  | 'maintainers/key-revoked'
  | 'maintainers/key-expired'
  | 'maintainers/key-expires-soon'
  | 'maintainers/key-weak'
  | 'maintainers/key-cannot-sign'
  | 'maintainers/key-signs-by-subkey'
  | 'maintainers/key-unusable'

/** One thing to see to. A warning takes no signature away yet. */
export interface MaintainerFinding {
  readonly code: MaintainerFindingCode
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** A listed key, and what was found of it. */
export interface SurveyedKey {
  readonly listed: ListedKey
  readonly certificate?: Certificate
}

/** People, keys and machines of a tree, and everything that is wrong with them. */
export interface Survey {
  readonly people: readonly {
    readonly person: Person
    readonly keys: readonly SurveyedKey[]
    readonly machines: readonly Machine[]
  }[]
  readonly problems: readonly Problem[]
  readonly findings: readonly MaintainerFinding[]
}

/** Seconds before its end from which on a key's end is told. */
const SOON = 60 * 24 * 3600

/**
 * Looks at MAINTAINERS and `keys/` as of `now`, in seconds since 1970.
 * @throws TrustError `maintainers/…`, `keys/too-many`
 */
export function surveyMaintainers(root: string, now: number): Survey {
  const { maintainers, problems } = readMaintainers(root)
  const { certificates, unusable } = readKeys(join(root, 'keys'), now)
  const ring = keyRing(maintainers, certificates)
  const byFingerprint = new Map(certificates.map((each) => [each.primary.fingerprint, each]))
  const people = maintainers.people.map((person) => ({
    person,
    keys: maintainers.keys
      .filter((key) => key.person === person.id)
      .map((listed) => surveyed(listed, byFingerprint.get(listed.fingerprint))),
    machines: maintainers.machines.filter((machine) => machine.person === person.id)
  }))
  const findings = [
    ...unusable.map(unusableFile),
    ...unlisted(maintainers, certificates),
    ...sharedKeys(ring),
    ...people.flatMap(({ person, keys, machines }) => [
      ...personFindings(person, keys, machines),
      ...keys.flatMap((key) => keyFindings(key, now))
    ])
  ]
  return { people, problems, findings }
}

function surveyed(listed: ListedKey, certificate: Certificate | undefined): SurveyedKey {
  return certificate === undefined ? { listed } : { listed, certificate }
}

function personFindings(
  { id }: Person,
  keys: readonly SurveyedKey[],
  machines: readonly Machine[]
): MaintainerFinding[] {
  return [
    ...(keys.length > 0 ? [] : [wrong('maintainers/no-key', `${id} has no key`)]),
    ...(machines.length > 0 ? [] : [doubtful('maintainers/no-machine', `${id} has no machine`)])
  ]
}

function keyFindings({ listed, certificate }: SurveyedKey, now: number): MaintainerFinding[] {
  const name = `${listed.person}’s key ${listed.name}`
  if (certificate === undefined) {
    const message = `${name} is not in keys/: ${listed.fingerprint}`
    return [wrong('maintainers/key-missing', message)]
  }
  const { primary, subkeys } = certificate
  if (primary.revoked) return [wrong('maintainers/key-revoked', `${name} is withdrawn`)]
  if (primary.weakness !== undefined) {
    return [wrong('maintainers/key-weak', `${name} is too weak: ${primary.weakness}`)]
  }
  if (expiredAt(primary, now)) {
    return [wrong('maintainers/key-expired', `${name} ended ${day(primary.expires)}`)]
  }
  const usable = [primary, ...subkeys].filter((key) => {
    return keyRefusal({ key, certificate }, now, now) === undefined
  })
  if (usable.length === 0) {
    const message = `${name} has no key that may sign now${whyNone([primary, ...subkeys], now)}`
    return [wrong('maintainers/key-cannot-sign', message)]
  }
  return [...bySubkeyOnly(name, usable, primary), ...endsSoon(name, usable, primary, now)]
}

/** Tools with containers/image older than 2025 compare a signature's key with primary keys alone. */
function bySubkeyOnly(
  name: string,
  usable: readonly SigningKey[],
  primary: SigningKey
): MaintainerFinding[] {
  if (usable.includes(primary)) return []
  const message = `${name} signs by a subkey, which older Podman and Skopeo do not accept`
  return [doubtful('maintainers/key-signs-by-subkey', message)]
}

function endsSoon(
  name: string,
  usable: readonly SigningKey[],
  primary: SigningKey,
  now: number
): MaintainerFinding[] {
  const end = Math.max(
    ...usable.map(({ expires }) => Math.min(expires ?? Infinity, primary.expires ?? Infinity))
  )
  if (end > now + SOON) return []
  return [doubtful('maintainers/key-expires-soon', `${name} ends ${day(end)}`)]
}

function whyNone(keys: readonly SigningKey[], now: number): string {
  const [key] = keys.filter(({ maySign }) => maySign)
  if (key === undefined) return ''
  if (key.revoked) return ': its signing key is withdrawn'
  if (expiredAt(key, now)) return `: its signing key ended ${day(key.expires)}`
  return key.weakness === undefined ? '' : `: ${key.weakness}`
}

function unlisted(
  { keys }: Maintainers,
  certificates: readonly Certificate[]
): MaintainerFinding[] {
  const listed = new Set(keys.map(({ fingerprint }) => fingerprint))
  return certificates
    .filter(({ primary }) => !listed.has(primary.fingerprint))
    .map(({ primary, file }) => {
      const message = `${file} holds a key of nobody in MAINTAINERS: ${primary.fingerprint}`
      return doubtful('maintainers/key-unlisted', message)
    })
}

function sharedKeys({ shared }: KeyRing): MaintainerFinding[] {
  return [...shared.values()].map((people) => {
    return wrong(
      'maintainers/key-shared',
      `one key is ${people.join('’s and ')}’s; it counts for nobody`
    )
  })
}

function unusableFile({ message, where, found }: TrustError): MaintainerFinding {
  const details = found === undefined ? '' : ` (${found})`
  return wrong('maintainers/key-unusable', `${where ?? ''}: ${message}${details}`)
}

function wrong(code: MaintainerFindingCode, message: string): MaintainerFinding {
  return { code, severity: 'error', message }
}

function doubtful(code: MaintainerFindingCode, message: string): MaintainerFinding {
  return { code, severity: 'warning', message }
}

/** The day of a time in seconds since 1970, in UTC. */
function day(time = 0): string {
  return new Date(time * 1000).toISOString().slice(0, 10)
}
