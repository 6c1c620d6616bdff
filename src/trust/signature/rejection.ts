import type { KeyRefusal } from '../keys/key-validity.js'

/** Why one signature does not count. */
export type RejectionCode =
  // The file is no signed message
  | 'signature/too-large'
  | 'signature/bad-packet'
  | 'signature/bad-structure'
  | 'signature/bad-compression'
  | 'signature/unreadable'
  // It does not sign what lies in it
  | 'signature/unsupported'
  | 'signature/weak-hash'
  | 'signature/unknown-key'
  | 'signature/wrong'
  | 'signature/from-the-future'
  | 'signature/expired'
  | `signature/${KeyRefusal}`
  // It says nothing about this image
  | 'payload/not-utf8'
  | 'payload/not-json'
  | 'payload/duplicate-member'
  | 'payload/bad-form'
  | 'payload/bad-reference'
  | 'payload/other-digest'
  | 'payload/other-image'
  // What it says of itself is not so
  | 'payload/unknown-machine'
  | 'payload/other-vendor'

/** A signature that does not count, and why, for people and for programs. */
export class Rejection extends Error {
  readonly code: RejectionCode
  /** Who it would be from, where that is known at all. */
  readonly person: string | undefined

  constructor(code: RejectionCode, message: string, person?: string) {
    super(message)
    this.name = 'Rejection'
    this.code = code
    this.person = person
  }
}
