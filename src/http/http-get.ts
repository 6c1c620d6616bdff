import { basicAuthorization } from './connect.js'
import { exchange, type ExchangeOptions, type Response } from './exchange.js'
import { HttpError } from './http-error.js'
import { shownUrl } from './shown-url.js'

/** How to ask for a URL. */
export interface GetOptions extends ExchangeOptions {
  /** Where the answer's body is not wanted; `GET` where absent. */
  readonly method?: 'GET' | 'HEAD'
  /** Ask for the bytes from here on. */
  readonly offset?: number
  readonly accept?: string
  /** For the origin of the first URL only; made of that URL's user and password where absent. */
  readonly authorization?: string
  /** Whether a redirect to this URL may be followed, beside what is never followed. */
  readonly mayFollow?: (target: URL) => boolean
}

/**
 * Gets an `http:` or `https:` URL, following redirects: a bounded number, and never from `https:` to
 * `http:`, where anybody on the way could change where the next step leads.
 * @throws HttpError `http/bad-redirect`, and what {@link exchange} throws
 */
export async function httpGet(start: URL, options: GetOptions): Promise<Response> {
  let url = start
  for (let redirects = 0; redirects <= options.limits.maxRedirects; redirects++) {
    // Credentials are for the origin that they were written for (RFC 9110, section 15.4).
    const headers = url.origin === start.origin ? authorizationFor(start, options) : {}
    const response = await exchange(
      { method: options.method ?? 'GET', url, headers: { ...wantedHeaders(options), ...headers } },
      options
    )
    const { location } = response.headers
    if (!isRedirect(response.status) || location === undefined) return response
    response.body.destroy()
    url = redirectTarget(url, location, options)
  }
  throw new HttpError('http/bad-redirect', 'too many redirects', {
    where: shownUrl(start),
    expected: `at most ${options.limits.maxRedirects}`
  })
}

function wantedHeaders({ offset, accept }: GetOptions): Record<string, string> {
  return {
    ...(accept === undefined ? {} : { accept }),
    ...(offset === undefined ? {} : { range: `bytes=${offset}-` })
  }
}

function authorizationFor(start: URL, options: GetOptions): Record<string, string> {
  const own = start.username === '' ? undefined : basicAuthorization(start)
  const authorization = options.authorization ?? own
  return authorization === undefined ? {} : { authorization }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function redirectTarget(from: URL, location: string, { mayFollow }: GetOptions): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  const secure = from.protocol === 'https:'
  const allowed = target?.protocol === 'https:' || (target?.protocol === 'http:' && !secure)
  if (target !== undefined && allowed && (mayFollow?.(target) ?? true)) return target
  throw new HttpError('http/bad-redirect', 'the server redirects to where we do not follow', {
    where: shownUrl(from),
    expected: secure ? 'an https: URL' : 'an http: or https: URL',
    found: target === undefined ? 'no URL' : `${target.protocol}//${target.host}`
  })
}
