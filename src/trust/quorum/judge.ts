import type { Digest } from '../../oci/digest.js'
import { byCodeUnit } from '../../base/order.js'
import type { KeyRing } from '../keys/key-ring.js'
import type { Machine, Maintainers } from '../maintainers/maintainers.js'
import { checkIdentity } from '../payload/check-identity.js'
import { type Payload, readPayload } from '../payload/payload.js'
import type { Subject } from '../payload/subject.js'
import { checkSignature } from '../signature/check-signature.js'
import { Rejection, type RejectionCode } from '../signature/rejection.js'
import { readSignedMessage } from '../signature/signed-message.js'

/** Whom to believe, as of one moment. */
export interface Trusted {
  readonly maintainers: Maintainers
  readonly ring: KeyRing
  /** Seconds since 1970. */
  readonly now: number
}

/** How many have to agree. */
export interface Demand {
  /** Distinct people; at least 1. */
  readonly threshold: number
  /** Distinct vendors of processors; 0 where it does not matter. */
  readonly vendors: number
}

/** A signature as it lies somewhere. */
export interface FoundSignature {
  /** For people: a path or a URL. */
  readonly where: string
  readonly bytes: Uint8Array
}

/** A signature that counts. */
export interface Attestation {
  readonly where: string
  readonly person: string
  /** Of the key or subkey. */
  readonly fingerprint: string
  /** Seconds since 1970. */
  readonly signed: number
  readonly reference: string
  readonly machine?: Machine
  readonly inputs?: Digest
}

/** A signature that does not count. */
export interface NotCounted {
  readonly where: string
  readonly code: RejectionCode
  readonly message: string
  readonly person?: string
}

/** What signatures say about one image. */
export interface Quorum {
  readonly subject: Subject
  readonly met: boolean
  readonly demand: Demand
  readonly counted: readonly Attestation[]
  readonly notCounted: readonly NotCounted[]
  /** Distinct people whose signatures count. */
  readonly people: readonly string[]
  /** Distinct vendors of the processors that they built it on. */
  readonly vendors: readonly string[]
  /** People of MAINTAINERS whose signature does not count or is not there. */
  readonly missing: readonly string[]
}

/**
 * Judges one image: each signature alone, then how many distinct people remain. Only a signature that passed
 * every check is counted; whatever else happens to one takes it away and nothing more.
 */
export function judge(
  subject: Subject,
  signatures: readonly FoundSignature[],
  trusted: Trusted,
  demand: Demand
): Quorum {
  const counted: Attestation[] = []
  const notCounted: NotCounted[] = []
  for (const { where, bytes } of signatures) {
    try {
      counted.push({ where, ...attestationOf(bytes, subject, trusted) })
    } catch (error) {
      notCounted.push({ where, ...reasonOf(error) })
    }
  }
  const people = distinct(counted.map(({ person }) => person))
  const vendors = distinct(counted.flatMap(({ machine }) => machine?.cpuVendor ?? []))
  const everybody = trusted.maintainers.people.map(({ id }) => id)
  return {
    subject,
    met: isMet(demand, people.length, vendors.length),
    demand,
    counted,
    notCounted,
    people,
    vendors,
    missing: everybody.filter((person) => !people.includes(person))
  }
}

/** A threshold that is no positive number is never met: nobody would have to vouch for anything. */
function isMet({ threshold, vendors }: Demand, people: number, ofVendors: number): boolean {
  if (!Number.isSafeInteger(threshold) || threshold < 1) return false
  if (!Number.isSafeInteger(vendors) || vendors < 0) return false
  return people >= threshold && ofVendors >= vendors
}

/**
 * What one signature attests of the image.
 * @throws Rejection
 */
function attestationOf(
  bytes: Uint8Array,
  subject: Subject,
  { maintainers, ring, now }: Trusted
): Omit<Attestation, 'where'> {
  const message = readSignedMessage(bytes)
  const { by, signed } = checkSignature(message, ring, now)
  const { person } = by
  try {
    // Nothing of the content is looked at before its signature has been found right.
    const payload = readPayload(message.content)
    checkIdentity(payload, subject)
    const machine = machineOf(payload, person, maintainers.machines)
    const { reference, inputs } = payload
    return {
      person,
      fingerprint: by.key.fingerprint,
      signed,
      reference,
      ...(machine === undefined ? {} : { machine }),
      ...(inputs === undefined ? {} : { inputs })
    }
  } catch (error) {
    throw error instanceof Rejection ? new Rejection(error.code, error.message, person) : error
  }
}

/**
 * The machine of the signer that the signature names. MAINTAINERS says which processor it has; a signature
 * that says otherwise is mistaken, and is not relied on.
 */
function machineOf(
  { machine, cpuVendor }: Payload,
  person: string,
  machines: readonly Machine[]
): Machine | undefined {
  if (machine === undefined) return undefined
  const found = machines.find((each) => each.person === person && each.name === machine)
  if (found === undefined) {
    throw new Rejection('payload/unknown-machine', `${person} has no machine ${machine}`)
  }
  if (cpuVendor !== undefined && cpuVendor.toLowerCase() !== found.cpuVendor) {
    throw new Rejection('payload/other-vendor', `${machine} has a processor of ${found.cpuVendor}`)
  }
  return found
}

function reasonOf(error: unknown): Omit<NotCounted, 'where'> {
  if (error instanceof Rejection) {
    const { code, message, person } = error
    return { code, message, ...(person === undefined ? {} : { person }) }
  }
  // A mistake of ours, or of the library's, with this signature: it does not count, and the rest goes on.
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'signature/unreadable', message }
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort(byCodeUnit)
}
