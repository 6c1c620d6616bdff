import type { Digest } from '../../oci/digest.js'
import { PAYLOAD_TYPE, STAGEX_MEMBER } from './payload.js'

/** What a signer states of an image. */
export interface Statement {
  /** `registry/repository:tag` */
  readonly reference: string
  readonly digest: Digest
  /** `stagex 0.1.0` */
  readonly creator: string
  /** Seconds since 1970. */
  readonly timestamp: number
  /** The key of what the image was made of. */
  readonly inputs: Digest
  /** A machine of the signer in MAINTAINERS, and its processor’s vendor. */
  readonly machine?: { readonly name: string; readonly cpuVendor: string }
}

/** The payload of a signature (containers-signature(5)); equal statements are equal bytes. */
export function writePayload(statement: Statement): string {
  const { reference, digest, creator, timestamp, inputs, machine } = statement
  return JSON.stringify({
    critical: {
      identity: { 'docker-reference': reference },
      image: { 'docker-manifest-digest': digest },
      type: PAYLOAD_TYPE
    },
    optional: {
      creator,
      [STAGEX_MEMBER]: {
        builder: creator,
        inputs,
        ...(machine && { 'cpu-vendor': machine.cpuVendor, machine: machine.name })
      },
      timestamp
    }
  })
}
