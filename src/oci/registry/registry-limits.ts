import { DEFAULT_EXCHANGE_LIMITS, type ExchangeLimits } from '../../http/exchange-limits.js'

/** Bounds on what a registry may make us wait for or take. Sizes are in bytes. */
export interface RegistryLimits extends ExchangeLimits {
  /** A blob that a manifest declares to be larger is not asked for. */
  readonly maxBlobSize: number
  /** A blob above this size is uploaded in pieces of it, so that little is lost with a connection. */
  readonly chunkSize: number
  /** Pages of one list, and entries of all of its pages. */
  readonly maxPages: number
  readonly maxEntries: number
}

export const DEFAULT_REGISTRY_LIMITS: RegistryLimits = {
  ...DEFAULT_EXCHANGE_LIMITS,
  attempts: 6,
  maxBlobSize: 64 * 1024 ** 3,
  chunkSize: 32 * 1024 ** 2,
  maxPages: 1000,
  maxEntries: 100_000
}
