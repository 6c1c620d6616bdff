/** Bounds on what a server may make us wait for. Times are in milliseconds, sizes in bytes. */
export interface ExchangeLimits {
  /** For name look-up, TCP, proxy and TLS together, until a request can be sent. */
  readonly connectTimeout: number
  /** From the end of the request to the response's header. */
  readonly responseTimeout: number
  /** In each span of `stallTimeout`, at least `stallBytes` must arrive, or be taken. */
  readonly stallTimeout: number
  readonly stallBytes: number
  readonly maxRedirects: number
  /** Tries of one request where the failure may pass. */
  readonly attempts: number
  /** Before the second try; doubled before each further one. */
  readonly retryDelay: number
  /** A server that asks (`Retry-After`) for a longer wait is given up. */
  readonly maxRetryDelay: number
}

export const DEFAULT_EXCHANGE_LIMITS: ExchangeLimits = {
  connectTimeout: 10_000,
  responseTimeout: 60_000,
  stallTimeout: 30_000,
  stallBytes: 16 * 1024,
  maxRedirects: 10,
  attempts: 4,
  retryDelay: 1000,
  maxRetryDelay: 60_000
}
