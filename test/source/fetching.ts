import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../src/http/clock.js'
import type { FetchOptions } from '../../src/source/fetch-options.js'
import type { FetchEvent, FetchOutcome, WantedSource } from '../../src/source/fetch-report.js'
import { fetchSources } from '../../src/source/fetch-sources.js'
import type { SourceErrorCode } from '../../src/source/source-error.js'
import { SourceStore } from '../../src/source/source-store.js'
import { sha256 } from './mirror-server.js'

/** A folder that goes away with the running test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-source-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** A clock that never makes a test wait: it notes how long it was asked to sleep, and is there at once. */
function fakeClock(start = 0): Clock & { readonly slept: number[] } {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds)
      now += milliseconds
      return Promise.resolve()
    }
  }
}

/** A home with a store, a fetch folder, and short limits. */
export class FetchWorld {
  readonly home = temporaryFolder()
  readonly clock = fakeClock()
  readonly store = new SourceStore(this.home)
  readonly events: FetchEvent[] = []

  options(extra: Partial<FetchOptions> = {}): FetchOptions {
    return {
      clock: this.clock,
      environment: {},
      onEvent: (event) => this.events.push(event),
      ...extra,
      limits: { connectTimeout: 1000, responseTimeout: 300, stallTimeout: 300, ...extra.limits }
    }
  }

  want(bytes: Buffer, mirrors: readonly string[], file = 'file.tar'): WantedSource {
    const source = { key: 'file', hash: sha256(bytes), mirrors, file }
    return { source, directory: join(this.home, 'fetch') }
  }

  async fetch(wanted: WantedSource, extra: Partial<FetchOptions> = {}): Promise<FetchOutcome> {
    const report = await fetchSources([wanted], this.store, this.options(extra))
    const [outcome] = report.outcomes
    if (outcome === undefined) throw new Error('no outcome')
    return outcome
  }

  /** The codes of every mirror's failure, in the order in which they were told. */
  get failures(): SourceErrorCode[] {
    return this.events.flatMap((event) =>
      event.event === 'mirror-failed' ? [event.error.code] : []
    )
  }
}

/** The code of a failed outcome; the state of any other. */
export function resultOf(outcome: FetchOutcome): string {
  return outcome.state === 'failed' ? outcome.error.code : outcome.state
}
