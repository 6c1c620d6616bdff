import { type ErrorDetails, StagexError } from '../base/error.js'
import { HttpError, type HttpErrorCode } from '../http/http-error.js'

/** Why a source could not be had, or not be trusted. */
export type SourceErrorCode =
  // What is declared or configured
  | 'source/bad-mirror'
  | 'source/bad-proxy'
  | 'source/bad-certificates'
  | 'source/bad-file-name'
  | 'source/bad-hash'
  | 'source/no-debian-mirror'
  // What a mirror does
  | 'source/unreachable'
  | 'source/timeout'
  | 'source/interrupted'
  | 'source/busy'
  | 'source/not-found'
  | 'source/no-listing'
  | 'source/refused'
  | 'source/bad-response'
  | 'source/bad-redirect'
  | 'source/too-large'
  | 'source/wrong-hash'
  | 'source/mirrors-disagree'
  // What is left
  | 'source/no-mirror-left'
  | 'source/store'
  | 'source/cancelled'

/** What an error about a source may tell beside the usual. */
export interface SourceErrorDetails extends ErrorDetails {
  /** What the server said of when to come back: seconds, or an HTTP date (RFC 9110, section 10.2.3). */
  readonly retryAfter?: string
}

/** A failure to fetch, verify or keep a source. URLs in it never carry credentials. */
export class SourceError extends StagexError<SourceErrorCode> {
  readonly retryAfter: string | undefined

  constructor(code: SourceErrorCode, message: string, details: SourceErrorDetails = {}) {
    super(code, message, details)
    this.retryAfter = details.retryAfter
  }
}

/** The caller's signal ended the fetch. */
export function cancelled(where: string): SourceError {
  return new SourceError('source/cancelled', 'the fetch was cancelled', { where })
}

/**
 * Narrows a caught error to ours; one of an HTTP exchange becomes one of the source.
 * @throws any other, which is a defect and no failure of a mirror
 */
export function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error
  if (!(error instanceof HttpError)) throw error
  const { where, expected, found, hint } = error
  return new SourceError(sourceCode[error.code], error.message, {
    ...(where === undefined ? {} : { where }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(hint === undefined ? {} : { hint }),
    cause: error
  })
}

const sourceCode: Readonly<Record<HttpErrorCode, SourceErrorCode>> = {
  'http/bad-proxy': 'source/bad-proxy',
  'http/bad-certificates': 'source/bad-certificates',
  'http/unreachable': 'source/unreachable',
  'http/timeout': 'source/timeout',
  'http/interrupted': 'source/interrupted',
  'http/bad-response': 'source/bad-response',
  'http/bad-redirect': 'source/bad-redirect',
  'http/cancelled': 'source/cancelled'
}
