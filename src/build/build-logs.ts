import { appendFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asFullDisk } from './store/full-disk.js'
import type { BuildEvent } from './worker/messages.js'

/** Where the log of an image's last build lies, or of the one before. */
export function logFile(logs: string, image: string, previous = false): string {
  return join(logs, previous ? `${image}.previous.log` : `${image}.log`)
}

/** Writes a log for each image that is built, and keeps the one before as `<image>.previous.log`. */
export class BuildLogs {
  readonly #logs: string
  /** The step that each begun log told of last. */
  readonly #last = new Map<string, number>()

  /** @param logs the store's `logs/` */
  constructor(logs: string) {
    this.#logs = logs
  }

  /** Takes note of an event. A log is begun with an image's first step, so that a cached image keeps its own. */
  event(event: BuildEvent): void {
    if (event.event === 'worker-failed' || event.event === 'image-started') return
    if (event.event === 'image-refused') return
    const text = textOf(event)
    if (text === '') return
    const last = this.#last.get(event.image)
    if (last === undefined) this.#begin(event.image)
    const step = 'step' in event ? event.step : last
    const resumed = event.event === 'step-output' && step !== last ? `--- ${step} goes on\n` : ''
    this.#last.set(event.image, step ?? 0)
    unlessDiskIsFull(() => {
      appendFileSync(logFile(this.#logs, event.image), resumed + text)
    })
  }

  #begin(image: string): void {
    const file = logFile(this.#logs, image)
    try {
      renameSync(file, logFile(this.#logs, image, true))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      rmSync(file, { force: true })
    }
  }
}

/** A log has a gap where there was no room: what comes of the build is told by the build. */
function unlessDiskIsFull(write: () => void): void {
  try {
    write()
  } catch (error) {
    if (asFullDisk(error) === error) throw error
  }
}

function textOf(
  event: Exclude<BuildEvent, { event: 'worker-failed' | 'image-started' | 'image-refused' }>
): string {
  switch (event.event) {
    case 'step-started':
      return `--- ${event.step}/${event.steps} ${event.stage}: ${event.text}\n`
    case 'step-output':
      return event.text
    case 'step-ended':
      return `--- ${event.step} ${event.cached ? 'cached' : 'done'}\n`
    case 'shell-opened':
      return `--- ${event.step} looked into with a shell\n`
    case 'shell-closed':
      return ''
    case 'image-ended':
      return event.outcome.kind === 'failed' ? `--- failed: ${event.outcome.error.message}\n` : ''
  }
}
