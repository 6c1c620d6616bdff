import { bytesOfText } from '../../base/byte-string.js'
import type { ImageSource, ResolvedStage, Step, StepSource } from '../../containerfile/step.js'
import { BuildError } from '../build-error.js'
import { executeStep } from '../execute/execute-step.js'
import type { ReadTree, StepResult } from '../execute/step-environment.js'
import type { Chain } from '../snapshot/snapshot-store.js'
import { contextTree, namedContextTree } from '../solve/contexts.js'
import type { SolvedImage } from '../solve/solved-image.js'
import { lookingInto } from './looking-into.js'
import type { ImageEnvironment, ImageListener } from './image-environment.js'

/** A stage after its execution: where it started and the tree after each of its steps. */
export interface ExecutedStage {
  readonly base: Chain
  readonly chains: readonly Chain[]
}

/**
 * Executes all stages of an image, those that do not need each other at the same time. After a step has
 * failed no further one is begun; the error is passed on when those that run have ended.
 * @returns by the stages' indices
 */
export async function executeStages(
  environment: ImageEnvironment,
  solved: SolvedImage,
  listener: ImageListener
): Promise<Map<number, ExecutedStage>> {
  return new StageExecution(environment, solved, listener).run()
}

class StageExecution {
  readonly #environment: ImageEnvironment
  readonly #solved: SolvedImage
  readonly #listener: ImageListener
  readonly #stages = new Map<number, Promise<ExecutedStage>>()
  readonly #stepCount: number
  #stepNumber = 0
  #failure: { readonly error: unknown } | undefined

  constructor(environment: ImageEnvironment, solved: SolvedImage, listener: ImageListener) {
    this.#environment = environment
    this.#solved = solved
    this.#listener = listener
    this.#stepCount = solved.stages.reduce((sum, { steps }) => sum + steps.length, 0)
  }

  async run(): Promise<Map<number, ExecutedStage>> {
    // A stage comes after those that it needs, so each finds theirs here.
    for (const stage of this.#solved.stages) this.#stages.set(stage.index, this.#stage(stage))
    await Promise.allSettled(this.#stages.values())
    if (this.#failure !== undefined) throw this.#failure.error
    const executed = new Map<number, ExecutedStage>()
    for (const [index, stage] of this.#stages) executed.set(index, await stage)
    return executed
  }

  async #stage(stage: ResolvedStage): Promise<ExecutedStage> {
    try {
      this.#unpackAll(stage)
      const base = await this.#chainOf(stage.base)
      const chains: Chain[] = []
      for (const step of stage.steps) {
        chains.push((await this.#step(stage, chains.at(-1) ?? base, step)).chain)
      }
      return { base, chains }
    } catch (error) {
      this.#failure ??= { error }
      throw error
    }
  }

  /** Begins with all images that the stage reads, so that no step waits for one after the other. */
  #unpackAll(stage: ResolvedStage): void {
    for (const source of stage.steps.flatMap(sourcesOf)) {
      // The step that needs it hears of a failure.
      if (source.kind === 'image') this.#chainOf(source).catch(() => undefined)
    }
  }

  async #step(stage: ResolvedStage, chain: Chain, step: Step): Promise<StepResult> {
    // Before it takes a place among those that run, for what it waits for needs one too.
    for (const source of sourcesOf(step)) await this.#readTree(source)
    return this.#environment.slots.take(async () => {
      if (this.#failure !== undefined) throw this.#failure.error
      const number = ++this.#stepNumber
      const listener = { output: this.#listener.stepOutput(number) }
      this.#listener.stepStarted(number, this.#stepCount, stage.name ?? String(stage.index), step)
      const environment = {
        ...this.#environment,
        readTree: this.#readTree,
        listener,
        ...lookingInto(this.#environment, number, () => {
          this.#listener.shellOpened(number)
        })
      }
      const result = await executeStep(environment, chain, step)
      this.#listener.stepEnded(number, result.cached)
      return result
    })
  }

  readonly #readTree = async (source: StepSource): Promise<ReadTree> => {
    const { request } = this.#solved
    if (source.kind === 'context') return { kind: 'folder', tree: contextTree(request) }
    if (source.kind === 'named-context') {
      return { kind: 'folder', tree: namedContextTree(request, source.name) }
    }
    return { kind: 'snapshots', chain: await this.#chainOf(source) }
  }

  async #chainOf(source: ImageSource): Promise<Chain> {
    if (source.kind === 'scratch') return []
    if (source.kind === 'stage') {
      const stage = await this.#stages.get(source.index)
      return stage?.chains.at(-1) ?? stage?.base ?? []
    }
    if (source.kind === 'image') {
      return this.#environment.unpacked.chainOf(this.#solved.dependency(source))
    }
    throw new BuildError('build/no-such-context', `there is no context named "${source.name}"`, {
      where: bytesOfText(this.#solved.request.containerfileLabel),
      expected: 'fetch, which holds the package’s sources'
    })
  }
}

/** What a step reads of other stages and images. */
function sourcesOf(step: Step): StepSource[] {
  if (step.kind === 'copy') return [step.from]
  if (step.kind !== 'run') return []
  return step.mounts.flatMap((mount) => ('from' in mount ? [mount.from] : []))
}
