import { configuredCertificates } from '../../http/certificates.js'
import type { Clock } from '../../http/clock.js'
import type { Environment } from '../../http/environment.js'
import { DEFAULT_EXCHANGE_LIMITS, type ExchangeLimits } from '../../http/exchange-limits.js'
import { httpGet } from '../../http/http-get.js'
import { bodyChunks } from '../../http/read-body.js'
import { shownUrl } from '../../http/shown-url.js'
import { TrustError } from '../trust-error.js'
import { LARGEST_SIGNATURE, type SignatureSource } from './signature-source.js'

/** How a lookaside is asked. */
export interface LookasideOptions {
  readonly clock: Clock
  readonly environment: Environment
  readonly limits?: Partial<ExchangeLimits>
  readonly signal?: AbortSignal
}

/** Statuses after which the same question may be answered. */
const PASSING = [408, 429, 500, 502, 503, 504]

/**
 * Signatures below a URL. What a server says is not believed, but only a plain 404 or 410 means that there is
 * no further signature; everything else is a failure, so that a broken server never looks like an honest one.
 */
export function lookasideSource(base: URL, options: LookasideOptions): SignatureSource {
  const root = base.href.endsWith('/') ? base.href : `${base.href}/`
  const limits = { ...DEFAULT_EXCHANGE_LIMITS, ...options.limits }
  return {
    name: shownUrl(base).replace(/\/$/, ''),
    read: (path) => readUrl(new URL(path, root), { ...options, limits })
  }
}

type Reading = LookasideOptions & { readonly limits: ExchangeLimits }

async function readUrl(url: URL, options: Reading): Promise<Uint8Array | undefined> {
  const { clock, limits, signal } = options
  for (let attempt = 1; ; attempt++) {
    const { status, bytes } = await readOnce(url, options)
    if (bytes !== undefined) return bytes
    if (status === 404 || status === 410) return undefined
    if (!PASSING.includes(status) || attempt >= limits.attempts) throw badStatus(url, status)
    await clock.sleep(limits.retryDelay * 2 ** (attempt - 1), signal)
  }
}

async function readOnce(
  url: URL,
  { limits, environment, signal }: Reading
): Promise<{ status: number; bytes?: Uint8Array }> {
  const certificates = configuredCertificates(environment)
  const common = { limits, ...(signal === undefined ? {} : { signal }) }
  const response = await httpGet(url, {
    ...common,
    environment,
    ...(certificates === undefined ? {} : { certificates })
  })
  const { status } = response
  if (status !== 200) {
    response.body.destroy()
    return { status }
  }
  const where = shownUrl(url)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bodyChunks(response, { ...common, where })) {
    size += chunk.length
    if (size > LARGEST_SIGNATURE) throw tooLarge(where)
    chunks.push(chunk)
  }
  return { status, bytes: Buffer.concat(chunks) }
}

function badStatus(url: URL, status: number): TrustError {
  return new TrustError('signatures/unreadable', 'the lookaside does not say what it has', {
    where: shownUrl(url),
    expected: 'status 200 or 404',
    found: String(status)
  })
}

function tooLarge(where: string): TrustError {
  return new TrustError('signatures/too-large', 'this is too large to be a signature', {
    where,
    expected: `at most ${LARGEST_SIGNATURE} bytes`
  })
}
