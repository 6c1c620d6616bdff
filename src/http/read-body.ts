import { brokenOff, type Response } from './exchange.js'
import type { ExchangeLimits } from './exchange-limits.js'
import { cancelledExchange, HttpError } from './http-error.js'

/** What reading a body is bounded by. */
export interface ReadOptions {
  readonly limits: ExchangeLimits
  /** The URL, as it may be shown. */
  readonly where: string
  readonly signal?: AbortSignal
}

/**
 * The body's bytes as they arrive. A server that stalls, or drips so slowly that it might as well, is
 * given up.
 * @throws HttpError `http/timeout`, `http/interrupted`, `http/bad-response`, `http/cancelled`
 */
export async function* bodyChunks(
  response: Response,
  options: ReadOptions
): AsyncGenerator<Buffer, void, undefined> {
  const { body } = response
  const { limits, where, signal } = options
  let arrived = 0
  const timer = setInterval(() => {
    if (arrived < limits.stallBytes) body.destroy(stalled(options))
    arrived = 0
  }, limits.stallTimeout)
  const cancel = (): void => {
    body.destroy(cancelledExchange(where))
  }
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted === true) cancel()
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      arrived += chunk.length
      yield chunk
    }
  } catch (cause) {
    throw cause instanceof HttpError ? cause : brokenOff(where, cause as NodeJS.ErrnoException)
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', cancel)
    body.destroy()
  }
}

function stalled({ limits, where }: ReadOptions): HttpError {
  return new HttpError('http/timeout', 'the server sends too slowly', {
    where,
    expected: `at least ${limits.stallBytes} bytes in ${limits.stallTimeout / 1000} s`
  })
}
