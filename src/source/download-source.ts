import { download } from './download.js'
import type { FetchEvent, SourceName } from './fetch-report.js'
import { shownUrl } from '../http/shown-url.js'
import type { PartialFile } from './partial-file.js'
import type { Source } from './source.js'
import { asSourceError, SourceError } from './source-error.js'
import type { SourceStore } from './source-store.js'
import type { Transfer } from './transfer.js'

/** A source to be downloaded, and with what. */
export interface DownloadTask {
  readonly source: Source
  /** In the order to try. */
  readonly mirrors: readonly string[]
  readonly store: SourceStore
  readonly transfer: Transfer
  readonly tell: (event: FetchEvent) => void
}

/** A source in the store, and where it came from. */
export interface Downloaded {
  readonly path: string
  /** The URL without credentials. */
  readonly mirror: string
  /** In bytes. */
  readonly size: number
}

/** At most one progress event in this many milliseconds. */
const PROGRESS_INTERVAL = 100

/**
 * Downloads a source from the first mirror that has its bytes.
 * @throws SourceError `source/no-mirror-left`, `source/store`, `source/cancelled`
 */
export async function downloadSource(task: DownloadTask): Promise<Downloaded> {
  const failures: SourceError[] = []
  for (const mirror of task.mirrors) {
    for (const url of mirrorUrls(task, mirror, failures)) {
      const downloaded = await fromUrl(task, url, failures)
      if (downloaded !== undefined) return downloaded
    }
  }
  throw noMirrorLeft(task.source, failures)
}

function mirrorUrls(task: DownloadTask, mirror: string, failures: SourceError[]): URL[] {
  try {
    return task.transfer.urlsOf(mirror)
  } catch (cause) {
    const error = asSourceError(cause)
    const source = nameOf(task.source)
    task.tell({ event: 'mirror-failed', source, url: shownUrl(mirror), error })
    failures.push(error)
    return []
  }
}

/** Tries one URL as often as that may help; undefined when it did not. */
async function fromUrl(
  task: DownloadTask,
  url: URL,
  failures: SourceError[]
): Promise<Downloaded | undefined> {
  const { source, transfer, tell } = task
  const result = await transfer.persist(
    url,
    () => attempt(task, url),
    (error, retryIn) => {
      const name = nameOf(source)
      const event = { event: 'mirror-failed', source: name, url: shownUrl(url), error } as const
      tell(retryIn === undefined ? event : { ...event, retryIn })
    }
  )
  if (!(result instanceof SourceError)) return result
  failures.push(result)
  return undefined
}

/** Downloads and verifies once; an error that is the mirror's is returned, any other thrown. */
async function attempt(task: DownloadTask, url: URL): Promise<Downloaded | SourceError> {
  const { source, store, tell } = task
  const mirror = shownUrl(url)
  tell({ event: 'started', source: nameOf(source), url: mirror })
  const partial = await store.partial(source.hash)
  const { resumed } = partial
  try {
    await fill(task, url, partial)
    const path = await store.complete(partial, source.hash, mirror)
    return { path, mirror, size: partial.size }
  } catch (cause) {
    const error = asSourceError(cause)
    if (isOurs(error)) throw error
    // The wrong bytes may have come from another mirror in an earlier run: this one gets a clean start.
    if (error.code === 'source/wrong-hash' && resumed && partial.resumed) return attempt(task, url)
    return error
  }
}

/** Brings the partial file to its end; what arrived before a failure is kept for the next try. */
async function fill(task: DownloadTask, url: URL, partial: PartialFile): Promise<void> {
  // A run that was killed between the last byte and the renaming has left the whole file.
  if (partial.digest() === task.source.hash) return
  try {
    await download(url, partial, task.transfer.get, progressTeller(task))
  } catch (error) {
    if (asSourceError(error).code === 'source/too-large') await partial.restart()
    await partial.keep()
    throw error
  }
}

function progressTeller(task: DownloadTask): (received: number, total?: number) => void {
  const { transfer, tell } = task
  const source = nameOf(task.source)
  let told = -Infinity
  return (received, total) => {
    const now = transfer.clock.now()
    if (now - told < PROGRESS_INTERVAL) return
    told = now
    tell({ event: 'progress', source, received, ...(total === undefined ? {} : { total }) })
  }
}

export function nameOf({ key, file, hash }: Source): SourceName {
  return { key, file, hash }
}

/** Failures that no other mirror can mend. */
function isOurs(error: SourceError): boolean {
  return error.code === 'source/store' || error.code === 'source/cancelled'
}

function noMirrorLeft(source: Source, failures: readonly SourceError[]): SourceError {
  const [only] = failures
  if (only !== undefined && failures.length === 1) return only
  const reasons = failures.map((error) => `${error.where ?? ''}: ${error.message} [${error.code}]`)
  return new SourceError('source/no-mirror-left', `no mirror has \`${source.file}\``, {
    where: `[sources.${source.key}]`,
    expected: `SHA-256 ${source.hash}`,
    found: reasons.join('\n'),
    cause: failures.at(-1)
  })
}
