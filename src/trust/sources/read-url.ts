import { configuredCertificates } from '../../http/certificates.js'
import type { Clock } from '../../http/clock.js'
import type { Environment } from '../../http/environment.js'
import { DEFAULT_EXCHANGE_LIMITS, type ExchangeLimits } from '../../http/exchange-limits.js'
import { httpGet } from '../../http/http-get.js'
import { bodyChunks } from '../../http/read-body.js'
import { shownUrl } from '../../http/shown-url.js'

/** How a server is asked. */
export interface AskingOptions {
  readonly clock: Clock
  readonly environment: Environment
  readonly limits?: Partial<ExchangeLimits>
  readonly signal?: AbortSignal
}

/** How much of an answer is read, and what is said of one that cannot be used. */
export interface Wanted {
  /** Bytes. */
  readonly largest: number
  /** Error of an answer that tells neither what is there nor that nothing is. */
  readonly badStatus: (status: number) => Error
  readonly tooLarge: () => Error
}

/** Statuses after which the same question may be answered. */
const PASSING = [408, 429, 500, 502, 503, 504]

/**
 * Reads a small file behind a URL. What a server says is not believed, but only a plain 404 or 410 means that
 * there is none; everything else is a failure, so that a broken server never looks like an honest one.
 * @returns undefined where there is none
 * @throws HttpError, and the errors of `wanted`
 */
export async function readUrl(
  url: URL,
  options: AskingOptions,
  wanted: Wanted
): Promise<Uint8Array | undefined> {
  const { clock, signal } = options
  const limits = { ...DEFAULT_EXCHANGE_LIMITS, ...options.limits }
  for (let attempt = 1; ; attempt++) {
    const { status, bytes } = await readOnce(url, { ...options, limits }, wanted)
    if (bytes !== undefined) return bytes
    if (status === 404 || status === 410) return undefined
    if (!PASSING.includes(status) || attempt >= limits.attempts) throw wanted.badStatus(status)
    await clock.sleep(limits.retryDelay * 2 ** (attempt - 1), signal)
  }
}

async function readOnce(
  url: URL,
  { limits, environment, signal }: AskingOptions & { readonly limits: ExchangeLimits },
  { largest, tooLarge }: Wanted
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
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bodyChunks(response, { ...common, where: shownUrl(url) })) {
    size += chunk.length
    if (size > largest) throw tooLarge()
    chunks.push(chunk)
  }
  return { status, bytes: Buffer.concat(chunks) }
}
