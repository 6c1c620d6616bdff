import * as z from 'zod'
import { exchange, type ExchangeOptions, type Response } from '../../http/exchange.js'
import { shownUrl } from '../../http/shown-url.js'
import { basicHeader, type Credentials } from './credentials.js'
import { jsonOrUndefined, readDocument } from './read-document.js'
import { RegistryError } from './registry-error.js'
import type { RegistryLimits } from './registry-limits.js'
import { errorOfStatus } from './status-error.js'

/** What is asked of a token server. */
export interface TokenRequest {
  readonly realm: URL
  readonly service?: string
  /** `repository:<path>:pull,push`, one or several. */
  readonly scopes: readonly string[]
  readonly credentials?: Credentials
}

/** How tokens are asked for. */
export interface TokenOptions extends ExchangeOptions {
  readonly limits: RegistryLimits
}

const LARGEST = 64 * 1024

const answer = z.object({
  token: z.string().optional(),
  access_token: z.string().optional()
})

/**
 * Asks a token server for an access token. Redirects are not followed: they would take credentials along.
 * @throws RegistryError `registry/denied`, `registry/busy`, `registry/bad-response`; HttpError
 */
export async function accessToken(wanted: TokenRequest, options: TokenOptions): Promise<string> {
  const { limits, signal } = options
  const response = await ask(wanted, options)
  if (response.status !== 200) throw await errorOfStatus(response, limits, 'a token')
  const parsed = answer.safeParse(
    jsonOrUndefined(await readDocument(response, LARGEST, limits, signal))
  )
  const token = parsed.data?.token ?? parsed.data?.access_token ?? ''
  // It becomes part of a header.
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new RegistryError('registry/bad-response', 'the token server gives no token', {
    where: shownUrl(wanted.realm)
  })
}

function ask(wanted: TokenRequest, options: TokenOptions): Promise<Response> {
  const { credentials } = wanted
  const parameters = new URLSearchParams()
  if (wanted.service !== undefined) parameters.set('service', wanted.service)
  if (credentials !== undefined && 'identityToken' in credentials) {
    return trade(wanted.realm, parameters, wanted.scopes, credentials.identityToken, options)
  }
  for (const scope of wanted.scopes) parameters.append('scope', scope)
  const url = new URL(wanted.realm)
  for (const [name, value] of parameters) url.searchParams.append(name, value)
  const headers =
    credentials === undefined
      ? {}
      : { authorization: basicHeader(credentials.username, credentials.password) }
  return exchange({ method: 'GET', url, headers }, options)
}

/** Trades a refresh token for an access token (RFC 6749, section 6). */
function trade(
  url: URL,
  parameters: URLSearchParams,
  scopes: readonly string[],
  refreshToken: string,
  options: TokenOptions
): Promise<Response> {
  parameters.set('grant_type', 'refresh_token')
  parameters.set('client_id', 'stagex')
  parameters.set('scope', scopes.join(' '))
  parameters.set('refresh_token', refreshToken)
  const body = Buffer.from(parameters.toString())
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length)
  }
  return exchange({ method: 'POST', url, headers, body: once(body) }, options)
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
