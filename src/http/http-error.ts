import { StagexError } from '../base/error.js'

/** Why an exchange with a server came to nothing. */
export type HttpErrorCode =
  // What is configured
  | 'http/bad-proxy'
  | 'http/bad-certificates'
  // What a server does
  | 'http/unreachable'
  | 'http/timeout'
  | 'http/interrupted'
  | 'http/bad-response'
  | 'http/bad-redirect'
  // What the caller does
  | 'http/cancelled'

/** An HTTP exchange that failed below the level of a status. URLs in it never carry credentials. */
export class HttpError extends StagexError<HttpErrorCode> {}

/** The caller's signal ended the exchange. */
export function cancelledExchange(where: string): HttpError {
  return new HttpError('http/cancelled', 'the transfer was cancelled', { where })
}
