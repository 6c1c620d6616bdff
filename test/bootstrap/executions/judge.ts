import { createHash } from 'node:crypto'
import type { Origins } from './origins.js'
import type { WitnessedEvent } from './witnessed.js'

/** What a build was seen to do that it must not do, and what it did. */
export interface Judgement {
  /** What is wrong, a sentence each; empty where all is as it should be. */
  readonly objections: readonly string[]
  /** How many RUNs there were. */
  readonly sandboxes: number
  /** How many different programs were executed, by where they came from. */
  readonly executed: {
    readonly earlier: number
    readonly made: number
    readonly seed: number
  }
}

const empty = createHash('sha256').digest('hex')

/**
 * Judges what was seen of a build: each file that lies in a sandbox when it begins has to come from the
 * package's folder, its sources, an earlier image or an earlier RUN; and each program that is executed has to
 * be of an earlier image, or be made by a RUN of the same build and not just be unpacked from a source.
 * @param seed the digest of the one program that may be executed as it was brought
 */
export function judge(
  events: Iterable<WitnessedEvent>,
  origins: Origins,
  seed?: string
): Judgement {
  return new Judge(origins, seed).judge(events)
}

class Judge {
  readonly #origins: Origins
  readonly #seed: string | undefined
  readonly #made = new Set<string>()
  /** What was there when a sandbox began. */
  readonly #present = new Set<string>()
  readonly #ended = new Set<number>()
  readonly #objections: string[] = []
  readonly #executed = {
    earlier: new Set<string>(),
    made: new Set<string>(),
    seed: new Set<string>()
  }
  #sandboxes = 0

  constructor(origins: Origins, seed: string | undefined) {
    this.#origins = origins
    this.#seed = seed
  }

  judge(events: Iterable<WitnessedEvent>): Judgement {
    for (const event of events) this.#see(event)
    const { earlier, made, seed } = this.#executed
    return {
      objections: this.#objections,
      sandboxes: this.#sandboxes,
      executed: { earlier: earlier.size, made: made.size, seed: seed.size }
    }
  }

  #see(event: WitnessedEvent): void {
    if (event.kind === 'begin') this.#sandboxes++
    else if (event.kind === 'end') this.#ended.add(event.sandbox)
    else if (event.kind === 'executed') this.#execute(event)
    else if (this.#ended.has(event.sandbox)) this.#made.add(event.digest)
    else this.#find(event)
  }

  #find({ sandbox, digest, path }: SeenFile): void {
    const { brought, declared, earlier, sealed } = this.#origins
    this.#present.add(digest)
    if (sealed.has(digest)) {
      this.#objections.push(`${path} cannot be looked into (RUN ${sandbox}, ${digest})`)
    }
    const known = [brought, declared, earlier, this.#made, new Set([empty])]
    if (known.some((digests) => digests.has(digest))) return
    this.#objections.push(`${path} comes from nowhere (RUN ${sandbox}, ${digest})`)
  }

  #execute(event: SeenFile): void {
    const objection = this.#objectionTo(event)
    if (objection === undefined) return
    this.#objections.push(`${event.path} ${objection} (RUN ${event.sandbox}, ${event.digest})`)
  }

  #objectionTo({ digest, path }: SeenFile): string | undefined {
    const { earlier, packed } = this.#origins
    if (path.startsWith('!')) return 'is not of the sandbox’s own files'
    if (packed.has(digest)) return 'was unpacked from a source'
    if (earlier.has(digest)) this.#executed.earlier.add(digest)
    // What was not there before was made by this very RUN.
    else if (this.#made.has(digest) || !this.#present.has(digest)) this.#executed.made.add(digest)
    else if (digest === this.#seed) this.#executed.seed.add(digest)
    else return 'was brought along'
    return undefined
  }
}

type SeenFile = Extract<WitnessedEvent, { readonly digest: string }>
