import type { Clock } from './clock.js'
import type { Limits } from './limits.js'
import { SourceError } from './source-error.js'

/** Failures that may be over a moment later; after any other the mirror is not asked again. */
const PASSING = new Set([
  'source/timeout',
  'source/interrupted',
  'source/busy',
  'source/bad-response'
])

/**
 * How long to wait before a mirror that failed is tried again, in milliseconds: what the server asks for,
 * else longer each time; undefined when it is to be given up.
 * @param tried how often it was tried so far, from 1
 */
export function retryDelay(
  error: SourceError,
  tried: number,
  limits: Limits,
  clock: Clock
): number | undefined {
  if (!PASSING.has(error.code) || tried >= limits.attempts) return undefined
  const asked = error.retryAfter === undefined ? undefined : askedDelay(error.retryAfter, clock)
  const delay = asked ?? limits.retryDelay * 2 ** (tried - 1)
  return delay <= limits.maxRetryDelay ? delay : undefined
}

/** Seconds, or an HTTP date (RFC 9110, section 10.2.3); undefined for anything else. */
function askedDelay(retryAfter: string, clock: Clock): number | undefined {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000
  const moment = Date.parse(retryAfter)
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - clock.now())
}
