import { setMaxListeners } from 'node:events'
import type { Clock } from '../http/clock.js'
import { debianMirrors, debianUrls } from './debian-mirrors.js'
import { configuredCertificates } from '../http/certificates.js'
import type { TransferOptions } from './fetch-options.js'
import type { Environment } from '../http/environment.js'
import type { DownloadOptions } from './download.js'
import { DEFAULT_LIMITS, type Limits } from './limits.js'
import { mirrorUrl } from './mirror-url.js'
import { mirrorRetryDelay } from './retry.js'
import { asSourceError, cancelled, SourceError } from './source-error.js'

/** Transfers at a time where the caller does not say. */
export const DEFAULT_JOBS = 8

/** What one run of fetching shares: settings read once, and the servers found dead. */
export class Transfer {
  readonly limits: Limits
  readonly clock: Clock
  readonly get: DownloadOptions
  readonly #options: TransferOptions
  readonly #dead = new Map<string, SourceError>()
  #debian: readonly string[] | undefined

  /** @throws SourceError `source/bad-certificates` */
  constructor(options: TransferOptions) {
    const { environment, signal } = options
    const certificates = certificatesOf(environment)
    // One listener for each transfer; above ten Node would suspect a leak.
    if (signal !== undefined) setMaxListeners(0, signal)
    this.#options = options
    this.clock = options.clock
    this.limits = { ...DEFAULT_LIMITS, ...options.limits }
    this.get = {
      limits: this.limits,
      environment,
      ...(certificates === undefined ? {} : { certificates }),
      ...(signal === undefined ? {} : { signal })
    }
  }

  /**
   * The URLs that a declared mirror stands for, in the order to try.
   * @throws SourceError `source/bad-mirror`, `source/no-debian-mirror`
   */
  urlsOf(mirror: string): URL[] {
    const url = mirrorUrl(mirror)
    if (url.protocol !== 'debian:') return [url]
    this.#debian ??= debianMirrors(this.#options.environment, this.#options.etc)
    return debianUrls(url, this.#debian)
  }

  /**
   * Makes attempts at one URL until one succeeds or no other could; the last error is then the result. A
   * server that could not be reached, or that kept us waiting to the end, is not tried again in this run.
   * @param onFailure told of each error, and the milliseconds until the next attempt, if there is one
   * @throws SourceError `source/cancelled`, and what `attempt` throws
   */
  async persist<T>(
    url: URL,
    attempt: () => Promise<T | SourceError>,
    onFailure: (error: SourceError, retryIn: number | undefined) => void = () => undefined
  ): Promise<T | SourceError> {
    for (let tried = 1; ; tried++) {
      const dead = this.#dead.get(url.origin)
      const result = dead ?? (await attempt())
      if (!(result instanceof SourceError)) return result
      const wait = dead === undefined ? this.#delay(result, tried) : undefined
      onFailure(result, wait)
      if (wait === undefined) {
        this.#remember(url, result)
        return result
      }
      await this.#sleep(wait)
    }
  }

  #delay(error: SourceError, tried: number): number | undefined {
    return mirrorRetryDelay(error, tried, this.limits, this.clock)
  }

  #remember(url: URL, error: SourceError): void {
    const dead = error.code === 'source/unreachable' || error.code === 'source/timeout'
    // The origin of every `file:` URL is the same.
    if (dead && url.protocol !== 'file:') this.#dead.set(url.origin, error)
  }

  async #sleep(milliseconds: number): Promise<void> {
    const { signal } = this.#options
    try {
      await this.clock.sleep(milliseconds, signal)
    } catch (error) {
      throw signal?.aborted === true ? cancelled('waiting to try again') : error
    }
  }
}

function certificatesOf(environment: Environment): string | undefined {
  try {
    return configuredCertificates(environment)
  } catch (error) {
    throw asSourceError(error)
  }
}
