import type { Clock } from '../http/clock.js'
import type { Environment } from '../http/environment.js'
import type { FetchEvent } from './fetch-report.js'
import type { Limits } from './limits.js'

/** What every kind of fetching needs from its caller. */
export interface TransferOptions {
  readonly clock: Clock
  /** Proxies, `STAGEX_DEBIAN_MIRROR`, `SSL_CERT_FILE` and `NODE_EXTRA_CA_CERTS` are read from here. */
  readonly environment: Environment
  /** Transfers at a time; 8 where absent. */
  readonly jobs?: number
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
  /** The folder with apt's configuration in `apt/`; `/etc` where absent. */
  readonly etc?: string
}

/** How to fetch. */
export interface FetchOptions extends TransferOptions {
  /** Base URLs of archives (see `mirrorSources`), asked before the declared mirrors. */
  readonly archives?: readonly string[]
  readonly onEvent?: (event: FetchEvent) => void
}
