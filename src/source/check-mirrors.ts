import { inParallel } from '../base/in-parallel.js'
import { download } from './download.js'
import type { TransferOptions } from './fetch-options.js'
import { shownUrl } from '../http/shown-url.js'
import { HashSink } from './sink.js'
import type { Source } from './source.js'
import { asSourceError, SourceError } from './source-error.js'
import { DEFAULT_JOBS, Transfer } from './transfer.js'

/** Whether one mirror serves the declared bytes of one source. */
export interface MirrorCheck {
  readonly source: Source
  /** As declared, without credentials. */
  readonly mirror: string
  /** Why it does not; absent where it does. */
  readonly error?: SourceError
}

/**
 * Downloads every source from every mirror, keeps nothing, and tells which mirrors serve the declared
 * bytes; in the order of the sources and their mirrors.
 * @param onCheck told of each as it is done
 */
export async function checkMirrors(
  sources: readonly Source[],
  options: TransferOptions,
  onCheck: (check: MirrorCheck) => void = () => undefined
): Promise<MirrorCheck[]> {
  const transfer = new Transfer(options)
  const pairs = sources.flatMap((source) => source.mirrors.map((mirror) => ({ source, mirror })))
  return inParallel(pairs, options.jobs ?? DEFAULT_JOBS, async ({ source, mirror }) => {
    const error = await whyBad(source, mirror, transfer)
    const pair = { source, mirror: shownUrl(mirror) }
    const check = error === undefined ? pair : { ...pair, error }
    onCheck(check)
    return check
  })
}

/** A mirror that stands for several URLs is good when one of them is. */
async function whyBad(
  source: Source,
  mirror: string,
  transfer: Transfer
): Promise<SourceError | undefined> {
  try {
    let error: SourceError | undefined
    for (const url of transfer.urlsOf(mirror)) {
      const result = await transfer.persist(url, () => checkOnce(source, url, transfer))
      if (!(result instanceof SourceError)) return undefined
      error = result
    }
    return error
  } catch (cause) {
    return asSourceError(cause)
  }
}

async function checkOnce(
  source: Source,
  url: URL,
  transfer: Transfer
): Promise<'good' | SourceError> {
  const sink = new HashSink()
  try {
    await download(url, sink, transfer.get, () => undefined)
  } catch (cause) {
    return asSourceError(cause)
  }
  if (sink.digest() === source.hash) return 'good'
  return new SourceError('source/wrong-hash', 'these are not the declared bytes', {
    where: shownUrl(url),
    expected: source.hash,
    found: sink.digest()
  })
}
