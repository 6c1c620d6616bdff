import { exchange, type Request, type Response } from '../../http/exchange.js'
import { HttpError } from '../../http/http-error.js'
import { httpGet } from '../../http/http-get.js'
import { retryDelay } from '../../http/retry-delay.js'
import type { Connection } from './connection.js'
import { isLoopback } from './registry-address.js'
import { RegistryError } from './registry-error.js'
import type { RegistryLimits } from './registry-limits.js'
import { errorOfStatus } from './status-error.js'

/** What one request asks of a repository. */
export interface RepositoryRequest {
  readonly method: Request['method']
  readonly url: URL
  /** What is asked for, in messages. */
  readonly what: string
  /** The statuses that are no error. */
  readonly expected: readonly number[]
  readonly accept?: string
  /** Ask for the bytes from here on. */
  readonly offset?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Called for each time that the request is sent. */
  readonly body?: () => AsyncIterable<Uint8Array>
  /** Another repository of this registry that is read from on the way. */
  readonly alsoFrom?: string
}

/** Failures that may be over a moment later. */
const PASSING = new Set([
  'http/timeout',
  'http/interrupted',
  'http/bad-response',
  'http/unreachable',
  'registry/busy'
])

/** A repository of a registry: requests with everything that each of them needs. */
export class Repository {
  /** `stagex/core-gcc` */
  readonly path: string
  readonly #connection: Connection

  constructor(connection: Connection, path: string) {
    this.#connection = connection
    this.path = path
  }

  /** `localhost:5000/stagex/core-gcc` */
  get name(): string {
    return `${this.#connection.address.name}/${this.path}`
  }

  get limits(): RegistryLimits {
    return this.#connection.limits
  }

  get signal(): AbortSignal | undefined {
    return this.#connection.exchange.signal
  }

  /** A URL below the repository's own. */
  url(rest: string): URL {
    return new URL(`/v2/${this.path}/${rest}`, this.#connection.address.base)
  }

  /**
   * A URL that the registry tells us to go on with: in the registry only, because credentials and content
   * would follow it.
   * @throws RegistryError `registry/bad-location`
   */
  follow(location: string | undefined, from: URL): URL {
    const { base } = this.#connection.address
    const target = location !== undefined && URL.canParse(location, from.href)
    const url = target ? new URL(location, from) : undefined
    const plain = url?.username === '' && url.password === ''
    if (plain && url.origin === base.origin) return url
    throw new RegistryError('registry/bad-location', 'the registry sends us where we do not go', {
      where: base.host,
      expected: base.origin,
      found: url === undefined ? 'no URL' : url.origin
    })
  }

  /**
   * Sends a request, identifying us where the registry asks who we are. Redirects are followed when
   * something is read, without the credentials and never to plain HTTP on another machine.
   * @throws RegistryError, HttpError
   */
  async request(wanted: RepositoryRequest): Promise<Response> {
    const { authorizer, address } = this.#connection
    const scopes = this.#scopes(wanted)
    const sent = authorizer.header(scopes)
    let response = await this.#send(wanted, sent)
    const challenge = response.headers['www-authenticate']
    const ours = response.url.origin === address.base.origin
    if (response.status === 401 && challenge !== undefined && ours) {
      const header = await authorizer.answer(challenge, this.path, scopes, sent)
      if (header !== undefined) {
        response.body.destroy()
        response = await this.#send(wanted, header)
      }
    }
    if (wanted.expected.includes(response.status)) return response
    throw await errorOfStatus(response, this.limits, `${wanted.what} of ${this.name}`)
  }

  /**
   * Makes attempts until one succeeds or no other could, waiting as long as the registry asks for, else
   * longer each time.
   * @throws what the last attempt throws
   */
  async persist<T>(attempt: () => Promise<T>): Promise<T> {
    const { clock, limits } = this.#connection
    for (let tried = 1; ; tried++) {
      try {
        return await attempt()
      } catch (error) {
        const wait = isPassing(error)
          ? retryDelay(tried, retryAfterOf(error), limits, clock)
          : undefined
        if (wait === undefined || this.signal?.aborted === true) throw error
        await clock.sleep(wait, this.signal)
      }
    }
  }

  #scopes({ method, alsoFrom }: RepositoryRequest): string[] {
    const reads = method === 'GET' || method === 'HEAD'
    const own = `repository:${this.path}:${reads ? 'pull' : 'pull,push'}`
    return alsoFrom === undefined ? [own] : [own, `repository:${alsoFrom}:pull`]
  }

  #send(wanted: RepositoryRequest, authorization: string | undefined): Promise<Response> {
    const { method, url, headers, body } = wanted
    const identified = authorization === undefined ? {} : { authorization }
    if (method === 'GET' || method === 'HEAD') {
      const { accept, offset } = wanted
      return httpGet(url, {
        ...this.#connection.exchange,
        method,
        ...identified,
        ...(accept === undefined ? {} : { accept }),
        ...(offset === undefined ? {} : { offset }),
        mayFollow: (target) => target.protocol === 'https:' || isLoopback(target)
      })
    }
    const request = { method, url, headers: { ...headers, ...identified } }
    return exchange(
      body === undefined ? request : { ...request, body: body() },
      this.#connection.exchange
    )
  }
}

function isPassing(error: unknown): boolean {
  return (error instanceof HttpError || error instanceof RegistryError) && PASSING.has(error.code)
}

function retryAfterOf(error: unknown): string | undefined {
  return error instanceof RegistryError ? error.retryAfter : undefined
}
