import { printable } from '../../base/error.js'
import type { FetchEvent } from '../../source/fetch-report.js'

/** A line on what happens to a source, for those events that are worth one. */
export function fetchLine(event: FetchEvent): string | undefined {
  switch (event.event) {
    case 'started':
      return printable(`fetching ${event.source.file} from ${event.url}`)
    case 'mirror-failed': {
      const next = event.retryIn === undefined ? 'given up' : 'trying again'
      return printable(`fetching ${event.source.file}: ${event.error.message} (${next})`)
    }
    case 'finished': {
      const { outcome } = event
      if (outcome.state !== 'fetched') return undefined
      return printable(`fetched ${outcome.wanted.source.file} (${outcome.size} bytes)`)
    }
    case 'progress':
      return undefined
  }
}
