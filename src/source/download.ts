import { copyLocal, type OnProgress } from './copy-local.js'
import { checkSize, type Limits } from './limits.js'
import type { Response } from '../http/exchange.js'
import { type GetOptions, httpGet } from '../http/http-get.js'
import { shownUrl } from '../http/shown-url.js'
import type { Sink } from './sink.js'
import { bodyChunks } from '../http/read-body.js'
import { SourceError } from './source-error.js'
import { storing } from './source-store.js'

/** How to download, and how much at most. */
export interface DownloadOptions extends GetOptions {
  readonly limits: Limits
}

/**
 * Downloads a URL into a sink, going on where that one ends if the server can. Whether the bytes
 * are right is the caller's to check.
 * @throws SourceError
 */
export async function download(
  url: URL,
  sink: Sink,
  options: DownloadOptions,
  onProgress: OnProgress
): Promise<void> {
  if (url.protocol === 'file:') await copyLocal(url, sink, options, onProgress)
  else await downloadHttp(url, sink, options, onProgress)
}

async function downloadHttp(
  url: URL,
  sink: Sink,
  options: DownloadOptions,
  onProgress: OnProgress
): Promise<void> {
  const offset = sink.size > 0 ? { offset: sink.size } : {}
  const response = await httpGet(url, { ...options, ...offset })
  const where = shownUrl(url)
  try {
    const total = await expectedTotal(response, sink, where)
    checkSize(total ?? 0, options.limits, where)
    for await (const chunk of bodyChunks(response, { ...options, where })) {
      checkSize(sink.size + chunk.length, options.limits, where)
      await storing(sink.path, () => sink.append(chunk))
      onProgress(sink.size, total)
    }
  } finally {
    response.body.destroy()
  }
}

/** The whole file's size, as the server declares it, after making the sink file fit the answer. */
async function expectedTotal(
  response: Response,
  sink: Sink,
  where: string
): Promise<number | undefined> {
  if (response.status === 206) return rangeTotal(response, sink, where)
  if (response.status === 416) {
    await sink.restart()
    throw new SourceError('source/bad-response', 'the server has no bytes from there on', { where })
  }
  if (response.status !== 200) throw refusal(response, where)
  // A server without ranges sends the whole file again.
  await sink.restart()
  const length = Number(response.headers['content-length'])
  return Number.isSafeInteger(length) ? length : undefined
}

/** Bytes from another place than asked for would spoil the file (RFC 9110, section 14.4). */
async function rangeTotal(
  response: Response,
  sink: Sink,
  where: string
): Promise<number | undefined> {
  const range = response.headers['content-range'] ?? ''
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? []
  if (sink.size > 0 && Number(start) === sink.size) {
    return total === undefined || total === '*' ? undefined : Number(total)
  }
  const expected = `bytes ${sink.size}-`
  await sink.restart()
  const details = { where, expected, found: range === '' ? 'no range' : range }
  throw new SourceError('source/bad-response', 'the server sent another part', details)
}

/** What a status other than success means for this mirror. */
function refusal(response: Response, where: string): SourceError {
  const { status } = response
  const details = { where, expected: 'status 200', found: `status ${status}` }
  if (status === 404 || status === 410) {
    return new SourceError('source/not-found', 'the mirror does not have the file', details)
  }
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfter = response.headers['retry-after']
    const told = retryAfter === undefined ? details : { ...details, retryAfter }
    return new SourceError('source/busy', 'the server cannot answer now', told)
  }
  return new SourceError('source/refused', 'the server does not give out the file', details)
}
