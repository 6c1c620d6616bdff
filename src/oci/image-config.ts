import type { Digest } from './digest.js'
import type { Platform } from './descriptor.js'

/** An image's config blob; its digest is the image's ID. */
export interface ImageConfig {
  readonly platform: Platform
  readonly author?: string | undefined
  readonly config: RuntimeConfig
  /** RFC 3339 text, written as it stands. */
  readonly created?: string | undefined
  readonly history: readonly HistoryEntry[]
  /** Digests of the uncompressed layer tars, lowest first. */
  readonly diffIds: readonly Digest[]
}

/** How a container of the image starts. Empty and missing members are both left out. */
export interface RuntimeConfig {
  readonly user?: string | undefined
  readonly exposedPorts?: readonly string[] | undefined
  /** `NAME=value`, in the order in which they were set. */
  readonly env?: readonly string[] | undefined
  readonly entrypoint?: readonly string[] | undefined
  readonly cmd?: readonly string[] | undefined
  readonly volumes?: readonly string[] | undefined
  readonly workingDir?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly stopSignal?: string | undefined
  readonly argsEscaped?: boolean | undefined
  readonly healthcheck?: Healthcheck | undefined
  readonly onBuild?: readonly string[] | undefined
  readonly shell?: readonly string[] | undefined
}

/** Docker's health check; durations are whole nanoseconds. */
export interface Healthcheck {
  readonly test?: readonly string[] | undefined
  readonly interval?: number | undefined
  readonly timeout?: number | undefined
  readonly startPeriod?: number | undefined
  readonly startInterval?: number | undefined
  readonly retries?: number | undefined
}

/** What one instruction did. */
export interface HistoryEntry {
  readonly created?: string | undefined
  readonly createdBy?: string | undefined
  readonly author?: string | undefined
  readonly comment?: string | undefined
  readonly emptyLayer?: boolean | undefined
}
