import type { Plan } from '../../build/plan/plan.js'
import type { BuildEvent } from '../../build/worker/messages.js'
import type { FetchEvent } from '../../source/fetch-report.js'
import type { Output } from '../output.js'
import { counted } from '../readable.js'
import { fetchLine } from './fetch-line.js'
import { renderFailure } from './render-failure.js'
import type { Progress } from './progress.js'

/** More images than this are not told by their names. */
const mostNames = 20

/** One line for everything that happens, for pipes and logs. */
export class PlainProgress implements Progress {
  readonly #output: Output
  readonly #home: string
  readonly #quiet: boolean

  /** @param quiet shows failures only */
  constructor(output: Output, home: string, quiet: boolean) {
    this.#output = output
    this.#home = home
    this.#quiet = quiet
  }

  begin(plan: Plan): void {
    const count = counted(plan.requests.length, 'image')
    const names =
      plan.wanted.length > mostNames ? `${plan.wanted.length} of them` : plan.wanted.join(' ')
    this.#line(`building ${names} (${count})`)
  }

  event(event: BuildEvent): void {
    if (event.event === 'image-ended' && event.outcome.kind === 'failed') {
      this.#output.write(
        renderFailure(event.image, event.outcome.error, this.#home, this.#output.paint)
      )
      return
    }
    if (event.event === 'image-refused') {
      const { paint } = this.#output
      this.#output.write(renderFailure(event.image, event.error, undefined, paint))
      return
    }
    const text = lineOf(event)
    if (text !== undefined) this.#line(text)
  }

  fetch(event: FetchEvent): void {
    const text = fetchLine(event)
    if (text !== undefined) this.#line(text)
  }

  end(): void {
    // Every line is complete as it is written.
  }

  #line(text: string): void {
    if (!this.#quiet) this.#output.write(`${text}\n`)
  }
}

function lineOf(event: BuildEvent): string | undefined {
  switch (event.event) {
    case 'step-started':
      return `${event.image} ${event.step}/${event.steps} [${event.stage}] ${firstLine(event.text)}`
    case 'step-ended':
      return event.cached ? `${event.image} ${event.step} cached` : undefined
    case 'image-ended':
      return `${event.image} ${event.outcome.kind}`
    case 'image-started':
    case 'image-refused':
    case 'step-output':
    case 'shell-opened':
    case 'shell-closed':
    case 'worker-failed':
      return undefined
  }
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? ''
  return line.length > 160 ? `${line.slice(0, 157)}...` : line
}
