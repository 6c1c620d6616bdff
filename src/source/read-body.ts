import { brokenOff, type Response } from './http-get.js'
import type { Limits } from './limits.js'
import { cancelled, SourceError } from './source-error.js'

/** What reading a body is bounded by. */
export interface ReadOptions {
  readonly limits: Limits
  /** The URL, as it may be shown. */
  readonly where: string
  readonly signal?: AbortSignal
}

/**
 * The body's bytes as they arrive. A server that stalls, or drips so slowly that it might as well, is
 * given up.
 * @throws SourceError `source/timeout`, `source/interrupted`, `source/bad-response`, `source/cancelled`
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
    body.destroy(cancelled(where))
  }
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted === true) cancel()
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      arrived += chunk.length
      yield chunk
    }
  } catch (cause) {
    throw cause instanceof SourceError ? cause : brokenOff(where, cause as NodeJS.ErrnoException)
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', cancel)
    body.destroy()
  }
}

function stalled({ limits, where }: ReadOptions): SourceError {
  return new SourceError('source/timeout', 'the server sends too slowly', {
    where,
    expected: `at least ${limits.stallBytes} bytes in ${limits.stallTimeout / 1000} s`
  })
}
