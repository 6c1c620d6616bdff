import { inParallel } from '../base/in-parallel.js'
import { type Downloaded, downloadSource, nameOf } from './download-source.js'
import type { FetchOptions } from './fetch-options.js'
import type { FetchOutcome, FetchReport, WantedSource } from './fetch-report.js'
import { placeOf, placeSource } from './place-source.js'
import { asSourceError } from './source-error.js'
import { archiveMirror } from './archive.js'
import type { SourceStore } from './source-store.js'
import { DEFAULT_JOBS, Transfer } from './transfer.js'

/**
 * Puts every wanted source where it is wanted: from the store, from the place itself where a right file
 * is there already, else from its mirrors. A source that cannot be had is in the report and stops no
 * other; only a cancelled fetch or an unusable store fails all that are left.
 */
export async function fetchSources(
  wanted: readonly WantedSource[],
  store: SourceStore,
  options: FetchOptions
): Promise<FetchReport> {
  const fetch = new Fetch(store, options)
  const jobs = options.jobs ?? DEFAULT_JOBS
  return { outcomes: await inParallel(wanted, jobs, (one) => fetch.outcome(one)) }
}

/** One run of fetching. */
class Fetch {
  readonly #store: SourceStore
  readonly #options: FetchOptions
  readonly #transfer: Transfer
  /** By hash: two packages that want the same bytes share one download. */
  readonly #running = new Map<string, Promise<Downloaded>>()

  constructor(store: SourceStore, options: FetchOptions) {
    this.#store = store
    this.#options = options
    this.#transfer = new Transfer(options)
  }

  async outcome(wanted: WantedSource): Promise<FetchOutcome> {
    const outcome = await this.#fetch(wanted).catch((error: unknown): FetchOutcome => {
      return { state: 'failed', wanted, error: asSourceError(error) }
    })
    this.#options.onEvent?.({ event: 'finished', source: nameOf(wanted.source), outcome })
    return outcome
  }

  async #fetch(wanted: WantedSource): Promise<FetchOutcome> {
    const place = placeOf(wanted)
    const { hash } = wanted.source
    const stored = (await this.#store.verified(hash)) ?? (await this.#store.adopt(place, hash))
    if (stored !== undefined) {
      return { state: 'kept', wanted, path: await placeSource(stored, wanted) }
    }
    const { path: downloaded, mirror, size } = await this.#download(wanted)
    return { state: 'fetched', wanted, path: await placeSource(downloaded, wanted), mirror, size }
  }

  async #download(wanted: WantedSource): Promise<Downloaded> {
    const { hash } = wanted.source
    // Another package's mirrors may have failed where this one's do not.
    const shared = await this.#running.get(hash)?.catch(() => undefined)
    if (shared !== undefined) return shared
    const started = this.#start(wanted)
    this.#running.set(hash, started)
    return started
  }

  #start({ source }: WantedSource): Promise<Downloaded> {
    const archives = (this.#options.archives ?? []).map((base) => archiveMirror(base, source.hash))
    return downloadSource({
      source,
      mirrors: [...archives, ...source.mirrors],
      store: this.#store,
      transfer: this.#transfer,
      tell: (event) => this.#options.onEvent?.(event)
    })
  }
}
