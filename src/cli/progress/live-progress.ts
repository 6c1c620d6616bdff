import type { Plan } from '../../build/plan/plan.js'
import type { BuildEvent } from '../../build/worker/messages.js'
import type { FetchEvent } from '../../source/fetch-report.js'
import type { Output } from '../output.js'
import type { Progress } from './progress.js'
import { fetchLine } from './fetch-line.js'
import { renderFailure } from './render-failure.js'

interface RunningImage {
  readonly since: number
  /** What to show of each step that runs, by its number. */
  readonly steps: Map<number, string>
}

/** Milliseconds between two drawings, so that a busy build does not drown the terminal. */
const pause = 100

/** A list of what is running, redrawn in place; what has ended scrolls away above it. */
export class LiveProgress implements Progress {
  readonly #output: Output
  readonly #home: string
  readonly #now: () => number
  readonly #running = new Map<string, RunningImage>()
  #planned = 0
  #ended = 0
  #drawnLines = 0
  #timer: NodeJS.Timeout | undefined

  constructor(output: Output, home: string, now: () => number) {
    this.#output = output
    this.#home = home
    this.#now = now
  }

  begin(plan: Plan): void {
    this.#planned = plan.requests.length
    this.#timer = setInterval(() => {
      this.#redraw()
    }, pause)
    this.#timer.unref()
  }

  event(event: BuildEvent): void {
    switch (event.event) {
      case 'image-started':
        this.#running.set(event.image, { since: this.#now(), steps: new Map() })
        break
      case 'step-started': {
        const text = `${event.step}/${event.steps} [${event.stage}] ${event.text}`
        this.#running.get(event.image)?.steps.set(event.step, text.replace(/\s+/g, ' '))
        break
      }
      case 'step-ended':
        this.#running.get(event.image)?.steps.delete(event.step)
        break
      case 'image-ended':
        this.#imageEnded(event)
        break
      case 'image-refused':
        this.#erase()
        this.#output.write(renderFailure(event.image, event.error, undefined, this.#output.paint))
        break
      case 'step-output':
      case 'shell-opened':
      case 'shell-closed':
      case 'worker-failed':
    }
  }

  fetch(event: FetchEvent): void {
    const text = fetchLine(event)
    if (text === undefined) return
    this.#erase()
    this.#output.write(`${text}\n`)
  }

  end(): void {
    clearInterval(this.#timer)
    this.#erase()
  }

  #imageEnded({ image, outcome }: BuildEvent & { event: 'image-ended' }): void {
    this.#ended += 1
    const started = this.#running.get(image)
    this.#running.delete(image)
    this.#erase()
    const { paint } = this.#output
    if (outcome.kind === 'failed') {
      this.#output.write(renderFailure(image, outcome.error, this.#home, paint))
    } else if (outcome.kind === 'built' && started) {
      this.#output.write(`${paint.good('built')} ${image} ${paint.faint(this.#since(started))}\n`)
    }
  }

  #redraw(): void {
    this.#erase()
    const { columns, paint } = this.#output
    const lines = [...this.#running].flatMap(([name, image]) => {
      const steps = image.steps.size === 0 ? [''] : [...image.steps.values()]
      return steps.map((step) => `${name} ${this.#since(image)} ${step}`.slice(0, columns - 1))
    })
    const head = `${this.#ended} of ${this.#planned} images`
    this.#output.write([paint.strong(head), ...lines].map((line) => `${line}\n`).join(''))
    this.#drawnLines = lines.length + 1
  }

  /** Moves up over what was drawn and clears it (ECMA-48: cursor up, erase in display). */
  #erase(): void {
    if (this.#drawnLines > 0) this.#output.write(`\u001b[${this.#drawnLines}A\u001b[J`)
    this.#drawnLines = 0
  }

  #since({ since }: RunningImage): string {
    return `${((this.#now() - since) / 1000).toFixed(1)}s`
  }
}
