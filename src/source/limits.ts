import { DEFAULT_EXCHANGE_LIMITS, type ExchangeLimits } from '../http/exchange-limits.js'
import { SourceError } from './source-error.js'

/** Bounds on what a mirror may make us wait for or take. */
export interface Limits extends ExchangeLimits {
  /** Bytes of one source. */
  readonly maxSize: number
}

export const DEFAULT_LIMITS: Limits = { ...DEFAULT_EXCHANGE_LIMITS, maxSize: 8 * 1024 ** 3 }

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
