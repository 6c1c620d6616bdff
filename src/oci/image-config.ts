import type { Digest } from './digest.js'
import type { Platform } from './descriptor.js'

/** An image's config blob; its digest is the image's ID. */
export interface ImageConfig {
  readonly platform: Platform
  readonly author?: string
  readonly config: RuntimeConfig
  /** RFC 3339 text, written as it stands. */
  readonly created?: string
  readonly history: readonly HistoryEntry[]
  /** Digests of the uncompressed layer tars, lowest first. */
  readonly diffIds: readonly Digest[]
}

/** How a container of the image starts. Empty and missing members are both left out. */
export interface RuntimeConfig {
  readonly user?: string
  readonly exposedPorts?: readonly string[]
  /** `NAME=value`, in the order in which they were set. */
  readonly env?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly volumes?: readonly string[]
  readonly workingDir?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly stopSignal?: string
  readonly argsEscaped?: boolean
  readonly healthcheck?: Healthcheck
  readonly onBuild?: readonly string[]
  readonly shell?: readonly string[]
}

/** Docker's health check; durations are whole nanoseconds. */
export interface Healthcheck {
  readonly test?: readonly string[]
  readonly interval?: number
  readonly timeout?: number
  readonly startPeriod?: number
  readonly startInterval?: number
  readonly retries?: number
}

/** What one instruction did. */
export interface HistoryEntry {
  readonly created?: string
  readonly createdBy?: string
  readonly author?: string
  readonly comment?: string
  readonly emptyLayer?: boolean
}
