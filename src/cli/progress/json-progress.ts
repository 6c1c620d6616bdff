import type { Plan } from '../../build/plan/plan.js'
import { errorMessage } from '../../build/worker/error-message.js'
import type { BuildEvent } from '../../build/worker/messages.js'
import type { FetchEvent } from '../../source/fetch-report.js'
import type { Output } from '../output.js'
import type { Progress } from './progress.js'

/** One JSON object a line for everything that happens, for programs (docs/progress.md). */
export class JsonProgress implements Progress {
  readonly #output: Output

  constructor(output: Output) {
    this.#output = output
  }

  begin({ wanted, requests }: Plan): void {
    this.#line({ event: 'build-started', wanted, images: requests.map(({ name }) => name) })
  }

  event(event: BuildEvent): void {
    this.#line(event.event === 'image-ended' ? imageEnded(event) : event)
  }

  fetch(event: FetchEvent): void {
    this.#line(fetchEvent(event))
  }

  end(): void {
    // Every line is complete as it is written.
  }

  #line(value: object): void {
    this.#output.write(`${JSON.stringify(value)}\n`)
  }
}

/** What became of the image, by its digests: its documents are the report's business. */
function imageEnded({ event, image, outcome }: BuildEvent & { event: 'image-ended' }): object {
  if (outcome.kind === 'failed' || outcome.kind === 'skipped') {
    const { kind, ...rest } = outcome
    return { event, image, outcome: kind, ...rest }
  }
  const digests = outcome.images.map(({ manifest }) => manifest.digest)
  return { event, image, outcome: outcome.kind, digests }
}

/** A source's mirrors may carry credentials, so an outcome tells only what it says itself. */
function fetchEvent(event: FetchEvent): object {
  const { key, file, hash } = event.source
  const source = { key, file, hash }
  const name = `fetch-${event.event}`
  if (event.event === 'started') return { event: name, source, url: event.url }
  if (event.event === 'progress') {
    const { received, total } = event
    return { event: name, source, received, ...(total !== undefined && { total }) }
  }
  if (event.event === 'mirror-failed') {
    const { url, error, retryIn } = event
    const retry = retryIn === undefined ? {} : { retryIn }
    return { event: name, source, url, error: errorMessage(error), ...retry }
  }
  const { outcome } = event
  if (outcome.state === 'failed') {
    return { event: name, source, state: outcome.state, error: errorMessage(outcome.error) }
  }
  return { event: name, source, state: outcome.state }
}
