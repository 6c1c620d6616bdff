import { bytesOfText } from '../../base/byte-string.js'
import type { ImageSource, ResolvedStage, Step, StepSource } from '../../containerfile/step.js'
import { executeCopy } from '../execute/copy-step.js'
import { executeStep } from '../execute/execute-step.js'
import { contextStage } from '../execute/mounted-context.js'
import { readsOfRun } from '../execute/run-step.js'
import type { ReadTree, StepEnvironment, StepResult } from '../execute/step-environment.js'
import type { Chain } from '../snapshot/snapshot-store.js'
import { contextTree, namedContextTree } from '../solve/contexts.js'
import { lineageOf } from '../solve/solve-image.js'
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
      this.#environment.use?.begin(stage.index, indexOf(stage.base))
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
        exportedOnly: isLastStep(this.#solved, stage, step),
        ...lookingInto(this.#environment, number, this.#listener)
      }
      const result = await executeStep(environment, chain, step)
      await this.#watch(environment, stage, step, chain, result)
      this.#listener.stepEnded(number, result.cached)
      return result
    })
  }

  /** Where the image is watched, finds out what the step read of other images' files. */
  async #watch(
    environment: StepEnvironment,
    stage: ResolvedStage,
    step: Step,
    before: Chain,
    { chain }: StepResult
  ): Promise<void> {
    const { use, snapshots } = this.#environment
    if (use === undefined) return
    for (const { from, source } of readsOfStages(step)) use.takenFrom(from, bytesOfText(source))
    const top = chain.at(-1)
    const listing = chain.length > before.length && top ? snapshots.listing(top) : []
    if (step.kind === 'run') {
      const paths = use.unreadPaths(stage.index)
      const read = paths.length === 0 ? [] : await readsOfRun(environment, before, step, paths)
      use.executed(stage.index, new Set(read))
    }
    // What the image itself is made of is there for whoever uses the image.
    const isShipped = lineageOf(this.#solved.stages, this.#solved.target).includes(stage)
    if (step.kind === 'copy' && step.from.kind === 'image' && !isShipped) {
      const { reference } = step.from
      use.copied(stage.index, { line: step.position.line, reference }, listing)
    } else use.changed(stage.index, listing)
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
    const { containerfileLabel: label, contexts, sources } = this.#solved.request
    // A package without sources need not have a folder for them.
    if (contexts?.[source.name] === undefined && sources.length === 0) return []
    const listener = { output: () => undefined }
    const environment = { ...this.#environment, readTree: this.#readTree, listener }
    return (await executeCopy(environment, [], contextStage(source, label))).chain
  }
}

function indexOf(source: ImageSource): number | undefined {
  return source.kind === 'stage' ? source.index : undefined
}

/** What a step takes out of other stages. */
function readsOfStages(step: Step): { readonly from: number; readonly source: string }[] {
  if (step.kind === 'copy') {
    const { from, sources } = step
    return from.kind === 'stage' ? sources.map((source) => ({ from: from.index, source })) : []
  }
  if (step.kind !== 'run') return []
  return step.mounts.flatMap((mount) => {
    if (!('from' in mount) || mount.from.kind !== 'stage') return []
    return [{ from: mount.from.index, source: mount.source }]
  })
}

/** Nothing reads what the last step of the target leaves: no stage comes after it. */
function isLastStep({ target }: SolvedImage, stage: ResolvedStage, step: Step): boolean {
  return stage.index === target.index && stage.steps.at(-1) === step
}

/** What a step reads of other stages and images. */
function sourcesOf(step: Step): StepSource[] {
  if (step.kind === 'copy') return [step.from]
  if (step.kind !== 'run') return []
  return step.mounts.flatMap((mount) => ('from' in mount ? [mount.from] : []))
}
