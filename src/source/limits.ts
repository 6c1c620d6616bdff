import { SourceError } from './source-error.js'

/** Bounds on what a server may make us wait for or take. Times are in milliseconds, sizes in bytes. */
export interface Limits {
  /** For name look-up, TCP, proxy and TLS together, until a request can be sent. */
  readonly connectTimeout: number
  /** From the request to the response's header. */
  readonly responseTimeout: number
  /** In each span of `stallTimeout`, at least `stallBytes` must arrive. */
  readonly stallTimeout: number
  readonly stallBytes: number
  readonly maxRedirects: number
  readonly maxSize: number
  /** Tries of one URL where the failure may pass. */
  readonly attempts: number
  /** Before the second try; doubled before each further one. */
  readonly retryDelay: number
  /** A server that asks (`Retry-After`) for a longer wait is given up. */
  readonly maxRetryDelay: number
}

export const DEFAULT_LIMITS: Limits = {
  connectTimeout: 10_000,
  responseTimeout: 60_000,
  stallTimeout: 30_000,
  stallBytes: 16 * 1024,
  maxRedirects: 10,
  maxSize: 8 * 1024 ** 3,
  attempts: 4,
  retryDelay: 1000,
  maxRetryDelay: 60_000
}

/**
 * Refuses a file that is larger than a source may be.
 * @throws SourceError `source/too-large`
 */
export function checkSize(size: number, limits: Limits, where: string): void {
  if (size <= limits.maxSize) return
  throw new SourceError('source/too-large', 'the file is larger than a source may be', {
    where,
    expected: `at most ${limits.maxSize} bytes`,
    found: `${size} bytes or more`
  })
}
