import type { Clock } from '../http/clock.js'
import type { ExchangeLimits } from '../http/exchange-limits.js'
import { retryDelay } from '../http/retry-delay.js'
import type { SourceError } from './source-error.js'

/** Failures that may be over a moment later; after any other the mirror is not asked again. */
const PASSING = new Set([
  'source/timeout',
  'source/interrupted',
  'source/busy',
  'source/bad-response'
])

/** How long to wait before a mirror that failed is tried again; see {@link retryDelay}. */
export function mirrorRetryDelay(
  error: SourceError,
  tried: number,
  limits: ExchangeLimits,
  clock: Clock
): number | undefined {
  if (!PASSING.has(error.code)) return undefined
  return retryDelay(tried, error.retryAfter, limits, clock)
}
