import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request
} from 'node:http'
import { connect, proxyAuthorization } from './connect.js'
import type { Environment } from './environment.js'
import type { ExchangeLimits } from './exchange-limits.js'
import { cancelledExchange, HttpError } from './http-error.js'
import { proxyFor } from './proxy.js'
import { shownUrl } from './shown-url.js'

/** What every exchange with a server is made with. */
export interface ExchangeOptions {
  readonly limits: ExchangeLimits
  /** Proxies are read from here. */
  readonly environment: Environment
  /** Certificates (PEM) to trust in place of the usual ones. */
  readonly certificates?: string
  readonly signal?: AbortSignal
}

/** One request. */
export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** The body, whose size `content-length` says; none where absent. */
  readonly body?: AsyncIterable<Uint8Array>
}

/** A response; its body must be read or destroyed. */
export interface Response {
  /** What answered, after all redirects. */
  readonly url: URL
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: IncomingMessage
}

/**
 * Sends one request over a connection of its own, and waits for the response's header. Redirects are
 * responses like any other here.
 * @throws HttpError `http/unreachable`, `http/timeout`, `http/interrupted`, `http/bad-response`,
 * `http/bad-proxy`, `http/cancelled`; and what reading the request's body throws
 */
export async function exchange(wanted: Request, options: ExchangeOptions): Promise<Response> {
  const { url } = wanted
  const { limits, environment, certificates, signal } = options
  const proxy = proxyFor(url, environment)
  const socket = await connect({
    url,
    timeout: limits.connectTimeout,
    ...(proxy === undefined ? {} : { proxy }),
    ...(certificates === undefined ? {} : { certificates }),
    ...(signal === undefined ? {} : { signal })
  })
  const tunnelled = proxy === undefined || url.protocol === 'https:'
  const asked = request({
    method: wanted.method,
    path: tunnelled ? url.pathname + url.search : withoutCredentials(url),
    headers: {
      host: url.host,
      'user-agent': 'stagex',
      accept: '*/*',
      'accept-encoding': 'identity',
      connection: 'close',
      ...(tunnelled ? {} : proxyAuthorization(proxy)),
      ...wanted.headers
    },
    createConnection: () => socket
  })
  const body = await new Exchange(asked, url, options).response(wanted.body)
  return { url, status: body.statusCode ?? 0, headers: body.headers, body }
}

class Exchange {
  readonly #asked: ClientRequest
  readonly #where: string
  readonly #limits: ExchangeLimits
  readonly #signal: AbortSignal | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(asked: ClientRequest, url: URL, { limits, signal }: ExchangeOptions) {
    this.#asked = asked
    this.#where = shownUrl(url)
    this.#limits = limits
    this.#signal = signal
  }

  async response(body: AsyncIterable<Uint8Array> | undefined): Promise<IncomingMessage> {
    const cancel = (): void => {
      this.#asked.destroy(cancelledExchange(this.#where))
    }
    this.#signal?.addEventListener('abort', cancel, { once: true })
    if (this.#signal?.aborted === true) cancel()
    try {
      return await new Promise((resolve, reject) => {
        // A server may answer before it has read all, and then close: the answer is what counts.
        this.#asked.once('response', resolve)
        this.#asked.on('error', (cause) => {
          reject(cause instanceof HttpError ? cause : brokenOff(this.#where, cause))
        })
        this.#send(body).catch(reject)
      })
    } catch (cause) {
      this.#asked.destroy()
      throw cause
    } finally {
      clearTimeout(this.#timer)
      this.#signal?.removeEventListener('abort', cancel)
    }
  }

  async #send(body: AsyncIterable<Uint8Array> | undefined): Promise<void> {
    for await (const chunk of body ?? []) {
      if (this.#asked.destroyed) return
      if (!this.#asked.write(chunk)) await this.#drained()
    }
    this.#asked.end()
    // Measured as a whole: a server that sends a byte now and then does not get more time.
    this.#giveUpAfter(this.#limits.responseTimeout, 'the server does not answer')
  }

  #drained(): Promise<void> {
    this.#giveUpAfter(this.#limits.stallTimeout, 'the server does not take what is sent')
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(this.#timer)
        resolve()
      }
      this.#asked.once('drain', go)
      this.#asked.once('close', go)
    })
  }

  #giveUpAfter(milliseconds: number, message: string): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#asked.destroy(new HttpError('http/timeout', message, { where: this.#where }))
    }, milliseconds)
  }
}

/** A connection that ended early, or bytes that are not HTTP. */
export function brokenOff(where: string, cause: NodeJS.ErrnoException): HttpError {
  const details = { where, found: cause.message, cause }
  return cause.code?.startsWith('HPE_') === true
    ? new HttpError('http/bad-response', 'the server does not speak HTTP as it should', details)
    : new HttpError('http/interrupted', 'the server broke off', details)
}

/** What a proxy is asked for (RFC 9112, section 3.2.2). */
function withoutCredentials(url: URL): string {
  const plain = new URL(url)
  plain.username = ''
  plain.password = ''
  plain.hash = ''
  return plain.href
}
