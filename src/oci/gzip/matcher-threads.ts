import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { MatchedSection, Section } from './section.js'
import type { SectionMatcher } from './threaded-encoder.js'

/** Where the threads' program is: beside this file, or, where files were put together, above it. */
const places = ['.', '../oci/gzip', '../../oci/gzip']
/** More threads than this find the one that joins their work too slow. */
const mostThreads = 6

let threads: readonly SectionMatcher[] | undefined

/**
 * The process's threads for matching, one for each core but one; started at the first call, kept, and no
 * reason for the process to go on. None where their program was not compiled, as in tests.
 */
export function matcherThreads(): readonly SectionMatcher[] {
  if (threads) return threads
  const program = places
    .map((place) => new URL(`${place}/section-worker.js`, import.meta.url))
    .find((url) => existsSync(url))
  const count = Math.min(availableParallelism() - 1, mostThreads)
  threads = program ? Array.from({ length: count }, () => new MatcherThread(program)) : []
  return threads
}

interface Waiting {
  readonly resolve: (matched: MatchedSection | undefined) => void
  readonly reject: (error: Error) => void
}

/** A thread that matches sections, one after the other. */
export class MatcherThread implements SectionMatcher {
  readonly #worker: Worker
  /** Answers come in the order of the sections. */
  #waiting: Waiting[] = []
  #isDead = false

  /** @param program the compiled `section-worker.ts` */
  constructor(program: URL) {
    this.#worker = new Worker(program)
    this.#worker.unref()
    this.#worker.on('message', (matched: MatchedSection | undefined) => {
      this.#waiting.shift()?.resolve(matched)
      if (this.#waiting.length === 0) this.#worker.unref()
    })
    this.#worker.on('error', (error) => {
      this.#die(error)
    })
    this.#worker.on('exit', () => {
      this.#die(new Error('the thread has ended'))
    })
  }

  offer(section: Section): Promise<MatchedSection | undefined> {
    if (this.#isDead) return Promise.resolve(undefined)
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
