import * as z from 'zod'
import { type Digest, isDigest } from '../../oci/digest.js'
import { Rejection } from '../signature/rejection.js'
import { duplicateMember } from './duplicate-members.js'

/** The one type of payload (containers-signature(5)). */
export const PAYLOAD_TYPE = 'atomic container signature'

/** What a signature says: which image it is about, and how its signer came by it. */
export interface Payload {
  /** `registry/repository:tag`, as written. */
  readonly reference: string
  readonly digest: Digest
  /** Seconds since 1970, where it is said. */
  readonly timestamp?: number
  readonly creator?: string
  /** A machine of the signer, by its name in MAINTAINERS. */
  readonly machine?: string
  readonly cpuVendor?: string
  /** What the image was made of: the key of its inputs. */
  readonly inputs?: Digest
}

/** The name of our own member of `optional`. */
export const STAGEX_MEMBER = 'stagex'

const text = z.string().max(1000)
const digest = z.string().refine(isDigest)

const schema = z.strictObject({
  critical: z.strictObject({
    type: z.literal(PAYLOAD_TYPE),
    image: z.strictObject({ 'docker-manifest-digest': digest }),
    identity: z.strictObject({ 'docker-reference': text.min(1) })
  }),
  optional: z
    .looseObject({
      creator: text.optional(),
      timestamp: z.int().optional(),
      [STAGEX_MEMBER]: z
        .looseObject({
          machine: text.optional(),
          'cpu-vendor': text.optional(),
          inputs: digest.optional()
        })
        .optional()
    })
    .nullish()
})

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a payload. Members that it must not have are refused, names that stand twice too: whatever somebody
 * else's reader might understand otherwise is no statement.
 * @throws Rejection `payload/…`
 */
export function readPayload(bytes: Uint8Array): Payload {
  const result = schema.safeParse(parseJson(decode(bytes)))
  if (!result.success) {
    const [issue] = result.error.issues
    const where = issue?.path.map(String).join('.') ?? ''
    throw new Rejection('payload/bad-form', `${where}: ${issue?.message ?? 'not as it has to be'}`)
  }
  const { critical, optional } = result.data
  const ours = optional?.stagex
  return {
    reference: critical.identity['docker-reference'],
    digest: critical.image['docker-manifest-digest'],
    ...member('timestamp', optional?.timestamp),
    ...member('creator', optional?.creator),
    ...member('machine', ours?.machine),
    ...member('cpuVendor', ours?.['cpu-vendor']),
    ...member('inputs', ours?.inputs)
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Rejection('payload/not-utf8', 'what is signed is no text')
  }
}

function parseJson(json: string): unknown {
  let duplicate: string | undefined
  let value: unknown
  try {
    value = JSON.parse(json)
    duplicate = duplicateMember(json)
  } catch {
    throw new Rejection('payload/not-json', 'what is signed is no JSON')
  }
  if (duplicate === undefined) return value
  throw new Rejection('payload/duplicate-member', `${duplicate} stands in it twice`)
}

function member<Key extends string, Value>(
  key: Key,
  value: Value | undefined
): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>)
}
