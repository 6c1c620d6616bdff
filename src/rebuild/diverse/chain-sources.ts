import { join } from 'node:path'
import type { Clock } from '../../http/clock.js'
import type { FetchEvent } from '../../source/fetch-report.js'
import { fetchSources } from '../../source/fetch-sources.js'
import { SourceStore } from '../../source/source-store.js'
import type { Recipe } from './recipe.js'
import type { ChainSources } from './replay.js'

/** What fetching the chain's sources needs. */
export interface FetchNeeds {
  /** The folder that holds `fetch/`. */
  readonly root: string
  /** Where the store lies. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onFetch: (event: FetchEvent) => void
}

/**
 * Puts the upstream sources of TinyCC and musl where builds have them, verified.
 * @throws SourceError for one that cannot be had
 */
export async function fetchChainSources(
  { tcc, musl }: Recipe,
  needs: FetchNeeds
): Promise<ChainSources> {
  const folder = (name: string): string => join(needs.root, 'fetch', 'bootstrap', name)
  const wanted = [
    { source: tcc.source, directory: folder('tcc') },
    { source: musl.source, directory: folder('musl') }
  ]
  const { outcomes } = await fetchSources(wanted, new SourceStore(needs.home), {
    clock: needs.clock,
    environment: needs.env,
    signal: needs.signal,
    onEvent: needs.onFetch
  })
  const [tccPath = '', muslPath = ''] = outcomes.map((outcome) => {
    if (outcome.state === 'failed') throw outcome.error
    return outcome.path
  })
  return { tcc: tccPath, musl: muslPath }
}
