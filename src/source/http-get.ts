import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request
} from 'node:http'
import { basicAuthorization, connect, proxyAuthorization } from './connect.js'
import type { Environment } from './debian-mirrors.js'
import type { Limits } from './limits.js'
import { shownUrl } from './mirror-url.js'
import { proxyFor } from './proxy.js'
import { cancelled, SourceError } from './source-error.js'

/** How to ask for a URL. */
export interface GetOptions {
  readonly limits: Limits
  readonly environment: Environment
  readonly certificates?: string
  readonly signal?: AbortSignal
  /** Ask for the bytes from here on. */
  readonly offset?: number
}

/** A response that is no redirect; its body must be read or destroyed. */
export interface Response {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: IncomingMessage
}

/**
 * Gets an `http:` or `https:` URL, following redirects: a bounded number, and never from `https:` to
 * `http:`, where anybody on the way could change where the next step leads.
 * @throws SourceError `source/unreachable`, `source/timeout`, `source/bad-redirect`, `source/cancelled`
 */
export async function httpGet(start: URL, options: GetOptions): Promise<Response> {
  let url = start
  for (let redirects = 0; redirects <= options.limits.maxRedirects; redirects++) {
    // Credentials are for the origin that they were written for (RFC 9110, section 15.4).
    const authorized = url.origin === start.origin && start.username !== ''
    const headers = authorized ? { authorization: basicAuthorization(start) } : {}
    const response = await getOnce(url, headers, options)
    const location = response.headers.location
    if (!isRedirect(response.status) || location === undefined) return response
    response.body.destroy()
    url = redirectTarget(url, location)
  }
  throw new SourceError('source/bad-redirect', 'too many redirects', {
    where: shownUrl(start),
    expected: `at most ${options.limits.maxRedirects}`
  })
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function redirectTarget(from: URL, location: string): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  const secure = from.protocol === 'https:'
  if (target?.protocol === 'https:' || (target?.protocol === 'http:' && !secure)) return target
  throw new SourceError('source/bad-redirect', 'the server redirects to where we do not follow', {
    where: shownUrl(from),
    expected: secure ? 'an https: URL' : 'an http: or https: URL',
    found: target === undefined ? 'no URL' : `${target.protocol}//${target.host}`
  })
}

async function getOnce(
  url: URL,
  headers: Record<string, string>,
  options: GetOptions
): Promise<Response> {
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
    method: 'GET',
    path: tunnelled ? url.pathname + url.search : withoutCredentials(url),
    headers: {
      host: url.host,
      'user-agent': 'stagex',
      accept: '*/*',
      'accept-encoding': 'identity',
      connection: 'close',
      ...(options.offset === undefined ? {} : { range: `bytes=${options.offset}-` }),
      ...(tunnelled ? {} : proxyAuthorization(proxy)),
      ...headers
    },
    createConnection: () => socket
  })
  const body = await responseOf(asked, url, options)
  return { status: body.statusCode ?? 0, headers: body.headers, body }
}

/**
 * Waits for the response's header. The time is measured as a whole: a server that sends a byte now and
 * then does not get more of it.
 */
async function responseOf(
  asked: ClientRequest,
  url: URL,
  { limits, signal }: GetOptions
): Promise<IncomingMessage> {
  const where = shownUrl(url)
  const timer = setTimeout(() => {
    asked.destroy(new SourceError('source/timeout', 'the server does not answer', { where }))
  }, limits.responseTimeout)
  const cancel = (): void => {
    asked.destroy(cancelled(where))
  }
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted === true) cancel()
  try {
    return await new Promise((resolve, reject) => {
      asked.once('response', resolve)
      asked.on('error', reject)
      asked.end()
    })
  } catch (cause) {
    throw cause instanceof SourceError ? cause : brokenOff(where, cause as NodeJS.ErrnoException)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

/** A connection that ended early, or bytes that are not HTTP. */
export function brokenOff(where: string, cause: NodeJS.ErrnoException): SourceError {
  const details = { where, found: cause.message, cause }
  return cause.code?.startsWith('HPE_') === true
    ? new SourceError('source/bad-response', 'the server does not speak HTTP as it should', details)
    : new SourceError('source/interrupted', 'the server broke off', details)
}

/** What a proxy is asked for (RFC 9112, section 3.2.2). */
function withoutCredentials(url: URL): string {
  const plain = new URL(url)
  plain.username = ''
  plain.password = ''
  plain.hash = ''
  return plain.href
}
