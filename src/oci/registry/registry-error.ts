import { type ErrorDetails, StagexError } from '../../base/error.js'

/** Why a registry could not be used, or not be believed. */
export type RegistryErrorCode =
  // What is configured
  | 'registry/bad-address'
  | 'registry/bad-credentials'
  // What a registry answers
  | 'registry/not-found'
  | 'registry/denied'
  | 'registry/busy'
  | 'registry/refused'
  // What a registry gets wrong, or lies about
  | 'registry/bad-response'
  | 'registry/bad-location'
  | 'registry/bad-challenge'
  | 'registry/too-large'
  | 'registry/size-mismatch'
  | 'registry/digest-mismatch'

/** What an error about a registry may tell beside the usual. */
export interface RegistryErrorDetails extends ErrorDetails {
  /** What the server said of when to come back: seconds, or an HTTP date (RFC 9110, section 10.2.3). */
  readonly retryAfter?: string
}

/** A registry refused, failed or lied. What lies below the level of a status is an `HttpError`. */
export class RegistryError extends StagexError<RegistryErrorCode> {
  readonly retryAfter: string | undefined

  constructor(code: RegistryErrorCode, message: string, details: RegistryErrorDetails = {}) {
    super(code, message, details)
    this.retryAfter = details.retryAfter
  }
}
