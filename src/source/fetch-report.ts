import type { Source } from './source.js'
import type { SourceError } from './source-error.js'

/** A source and the folder that is to hold it: `fetch/<stage>/<name>`. */
export interface WantedSource {
  readonly source: Source
  readonly directory: string
}

/** What became of one wanted source. `kept`: it was in the store already. */
export type FetchOutcome =
  | { readonly state: 'kept'; readonly wanted: WantedSource; readonly path: string }
  | {
      readonly state: 'fetched'
      readonly wanted: WantedSource
      readonly path: string
      /** The mirror that served it, without credentials. */
      readonly mirror: string
      /** The file's size in bytes. */
      readonly size: number
    }
  | { readonly state: 'failed'; readonly wanted: WantedSource; readonly error: SourceError }

/** One outcome for each wanted source, in the order in which they were asked for. */
export interface FetchReport {
  readonly outcomes: readonly FetchOutcome[]
}

/** Which source an event is about; its mirrors are left out, since they may carry credentials. */
export type SourceName = Pick<Source, 'key' | 'file' | 'hash'>

/** What a fetch tells while it runs; `url` never carries credentials. */
export type FetchEvent =
  | { readonly event: 'started'; readonly source: SourceName; readonly url: string }
  | {
      readonly event: 'progress'
      readonly source: SourceName
      /** Bytes on disk so far, those of an earlier run included. */
      readonly received: number
      /** Total size in bytes, where the server told it. */
      readonly total?: number
    }
  | {
      readonly event: 'mirror-failed'
      readonly source: SourceName
      readonly url: string
      readonly error: SourceError
      /** Milliseconds until the same mirror is tried again; absent when it is given up. */
      readonly retryIn?: number
    }
  | { readonly event: 'finished'; readonly source: SourceName; readonly outcome: FetchOutcome }
