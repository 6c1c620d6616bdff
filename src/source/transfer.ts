import { readFileSync } from 'node:fs'
import type { Clock } from './clock.js'
import { debianMirrors, debianUrls } from './debian-mirrors.js'
import type { TransferOptions } from './fetch-options.js'
import type { GetOptions } from './http-get.js'
import { DEFAULT_LIMITS, type Limits } from './limits.js'
import { mirrorUrl } from './mirror-url.js'
import { cancelled, SourceError } from './source-error.js'

/** What one run of fetching shares: settings read once, and the servers found dead. */
export class Transfer {
  readonly limits: Limits
  readonly clock: Clock
  readonly get: GetOptions
  readonly #options: TransferOptions
  readonly #dead = new Map<string, SourceError>()
  #debian: readonly string[] | undefined

  /** @throws SourceError `source/bad-certificates` */
  constructor(options: TransferOptions) {
    const { environment, signal } = options
    const certificates = certificatesOf(environment['SSL_CERT_FILE'])
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

  /** @throws SourceError `source/cancelled` */
  async sleep(milliseconds: number): Promise<void> {
    const { signal } = this.#options
    try {
      await this.clock.sleep(milliseconds, signal)
    } catch (error) {
      throw signal?.aborted === true ? cancelled('waiting to try again') : error
    }
  }

  /** Why the URL's server is not worth another try in this run. */
  deadReason(url: URL): SourceError | undefined {
    return this.#dead.get(url.origin)
  }

  /** Remembers a server that could not be reached, or that kept us waiting to the end. */
  remember(url: URL, error: SourceError): void {
    const dead = error.code === 'source/unreachable' || error.code === 'source/timeout'
    if (dead && url.protocol !== 'file:') this.#dead.set(url.origin, error)
  }
}

function certificatesOf(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new SourceError('source/bad-certificates', 'SSL_CERT_FILE cannot be read', {
      where: path,
      cause
    })
  }
}
