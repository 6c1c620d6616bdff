import type { Clock } from '../http/clock.js'
import type { FetchEvent } from '../source/fetch-report.js'
import { fetchSources } from '../source/fetch-sources.js'
import { SourceStore } from '../source/source-store.js'
import type { Tree } from '../tree/tree.js'
import type { ImageRequest } from './plan/image-request.js'

/** How sources are fetched for a build. */
export interface SourceFetching {
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onFetch: (event: FetchEvent) => void
}

/**
 * Puts the sources of images that will be built into their `fetch/` folders, verified.
 * @throws SourceError for the first source that cannot be had; all others are tried, and kept
 */
export async function fetchNeeded(
  tree: Tree,
  requests: readonly ImageRequest[],
  fetching: SourceFetching
): Promise<void> {
  const wanted = requests.flatMap((request) => {
    const sources = tree.images.get(request.name)?.package.sources ?? []
    return sources.map((source) => ({ source, directory: request.fetch }))
  })
  if (wanted.length === 0) return
  const report = await fetchSources(wanted, new SourceStore(fetching.home), {
    clock: fetching.clock,
    environment: fetching.env,
    signal: fetching.signal,
    onEvent: fetching.onFetch
  })
  const failed = report.outcomes.find((outcome) => outcome.state === 'failed')
  if (failed?.state === 'failed') throw failed.error
}
