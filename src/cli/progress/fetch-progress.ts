import { printable } from '../../base/error.js'
import type { MirrorCheck } from '../../source/check-mirrors.js'
import type { FetchEvent } from '../../source/fetch-report.js'
import type { Output } from '../output.js'
import { readableSize } from '../readable.js'
import { fetchLine } from './fetch-line.js'
import { StatusLine } from './status-line.js'

/** What is known of a download that runs, in bytes. */
interface Transferred {
  readonly file: string
  readonly received: number
  readonly total?: number
}

/**
 * Shows sources as they are fetched: a line for each event that is worth one and, on a terminal, a last
 * line that tells what runs.
 */
export class FetchProgress {
  readonly #line: StatusLine
  readonly #total: number
  readonly #things: string
  /** By hash: packages that declare the same file share one download. */
  readonly #running = new Map<string, Transferred>()
  #done = 0

  /**
   * @param total how many things there are to do
   * @param things what they are
   */
  constructor(output: Output, total: number, things = 'sources') {
    this.#things = things
    this.#total = total
    this.#line = new StatusLine(output, () => this.#status())
  }

  event(event: FetchEvent): void {
    const { file, hash } = event.source
    if (event.event === 'started') this.#running.set(hash, { file, received: 0 })
    else if (event.event === 'progress') this.#running.set(hash, { file, ...event })
    else if (event.event === 'finished') {
      this.#done += 1
      this.#running.delete(hash)
    }
    const text = fetchLine(event)
    if (text !== undefined) this.#line.say(text)
  }

  /** Tells of a mirror that was looked at. */
  checked({ source, mirror, error }: MirrorCheck): void {
    this.#done += 1
    if (error !== undefined)
      this.#line.say(printable(`${source.file}: ${mirror}: ${error.message}`))
  }

  /** Leaves the terminal as a report can be printed on it. */
  end(): void {
    this.#line.end()
  }

  #status(): string {
    const running = [...this.#running.values()].map(
      (each) => `${printable(each.file)} ${shareOf(each)}`
    )
    return [`${this.#done} of ${this.#total} ${this.#things}`, ...running].join(' · ')
  }
}

function shareOf({ received, total }: Transferred): string {
  if (total === undefined || total === 0) return readableSize(received)
  return `${Math.floor((100 * Math.min(received, total)) / total)}%`
}
