import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Section } from './section.js'
import type { SectionMatcher } from './threaded-encoder.js'

const program = new URL('./section-worker.js', import.meta.url)
/** So many sections may wait at a thread, so that it never runs out of work between two messages. */
const mostWaiting = 2
/** More threads than this find this one, which joins their work, too slow. */
const mostThreads = 6

let threads: readonly SectionMatcher[] | undefined

/**
 * The process's threads for matching, one for each core but one; started at the first call, kept, and no
 * reason for the process to go on. None where the program was not compiled, as in tests.
 */
export function matcherThreads(): readonly SectionMatcher[] {
  threads ??= existsSync(fileURLToPath(program))
    ? Array.from({ length: Math.min(availableParallelism() - 1, mostThreads) }, () => new Thread())
    : []
  return threads
}

interface Waiting {
  readonly resolve: (tokens: Int32Array) => void
  readonly reject: (error: Error) => void
}

class Thread implements SectionMatcher {
  readonly #worker = new Worker(program)
  /** Answers come in the order of the sections. */
  #waiting: Waiting[] = []
  #isDead = false

  constructor() {
    this.#worker.unref()
    this.#worker.on('message', (tokens: Int32Array) => {
      this.#waiting.shift()?.resolve(tokens)
      if (this.#waiting.length === 0) this.#worker.unref()
    })
    this.#worker.on('error', (error) => {
      this.#die(error)
    })
    this.#worker.on('exit', () => {
      this.#die(new Error('the thread has ended'))
    })
  }

  get room(): number {
    return this.#isDead ? 0 : mostWaiting - this.#waiting.length
  }

  match(section: Section): Promise<Int32Array> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage(section)
    })
  }

  #die(error: Error): void {
    this.#isDead = true
    for (const { reject } of this.#waiting) reject(error)
    this.#waiting = []
  }
}
