import type { Clock } from './clock.js'
import type { ExchangeLimits } from './exchange-limits.js'

/**
 * How long to wait before a request that failed is made again, in milliseconds: what the server asks for,
 * else longer each time; undefined when it is to be given up.
 * @param tried how often it was tried so far, from 1
 * @param retryAfter what the server said: seconds, or an HTTP date (RFC 9110, section 10.2.3)
 */
export function retryDelay(
  tried: number,
  retryAfter: string | undefined,
  limits: ExchangeLimits,
  clock: Clock
): number | undefined {
  if (tried >= limits.attempts) return undefined
  const asked = retryAfter === undefined ? undefined : askedDelay(retryAfter, clock)
  const delay = asked ?? limits.retryDelay * 2 ** (tried - 1)
  return delay <= limits.maxRetryDelay ? delay : undefined
}

function askedDelay(retryAfter: string, clock: Clock): number | undefined {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000
  const moment = Date.parse(retryAfter)
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - clock.now())
}
