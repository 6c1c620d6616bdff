import type { ImageSource, ResolvedStage, Step, StepSource } from '../../containerfile/step.js'
import type { WrittenLayer } from '../../oci/layer-writer.js'
import { bytesOfText } from '../../base/byte-string.js'
import { BuildError } from '../build-error.js'
import { executeSteps } from '../execute/stage.js'
import type { ReadTree, StepEnvironment } from '../execute/step-environment.js'
import { lineageOf } from '../solve/solve-image.js'
import type { SolvedImage } from '../solve/solved-image.js'
import { contextTree, namedContextTree } from '../solve/contexts.js'
import type { Chain } from '../snapshot/snapshot-store.js'
import { putBlob } from '../store/blob-store.js'
import { assembleImage } from './assemble-image.js'
import type { BuiltImage } from './built-image.js'
import { layerOf } from './layer-cache.js'
import type { UnpackedLayers } from './unpacked-layers.js'

/** What is told while an image is built. */
export interface ImageListener {
  /** @param number from 1, over all steps of all stages */
  readonly stepStarted: (number: number, count: number, stage: string, step: Step) => void
  readonly stepEnded: (number: number, cached: boolean) => void
}

/** What the build of one image needs beside the image's own definition. */
export interface ImageEnvironment extends Omit<StepEnvironment, 'readTree'> {
  readonly unpacked: UnpackedLayers
}

/**
 * Builds an image for one platform: executes every stage that its target reaches, exports the layers of
 * the target and writes config and manifest.
 */
export async function buildImage(
  environment: ImageEnvironment,
  solved: SolvedImage,
  listener: ImageListener
): Promise<BuiltImage> {
  return new ImageBuild(environment, solved, listener).run()
}

/** A stage after its execution: where it started and the tree after each of its steps. */
interface ExecutedStage {
  readonly base: Chain
  readonly chains: readonly Chain[]
}

class ImageBuild {
  readonly #environment: ImageEnvironment
  readonly #solved: SolvedImage
  readonly #listener: ImageListener
  readonly #executed = new Map<number, ExecutedStage>()
  #stepNumber = 0

  constructor(environment: ImageEnvironment, solved: SolvedImage, listener: ImageListener) {
    this.#environment = environment
    this.#solved = solved
    this.#listener = listener
  }

  async run(): Promise<BuiltImage> {
    for (const stage of this.#solved.stages)
      this.#executed.set(stage.index, await this.#stage(stage))
    const { target } = this.#solved
    const layers: WrittenLayer[] = []
    for (const stage of lineageOf(this.#solved.stages, target))
      layers.push(...(await this.#layers(stage)))
    const { store, session, epoch } = this.#environment
    const { base, history } = this.#solved
    return assembleImage(
      {
        platform: this.#solved.platform,
        ...(target.state.author === undefined ? {} : { author: target.state.author }),
        config: target.state.config,
        epoch,
        ...(base === undefined ? {} : { base }),
        history,
        layers,
        annotations: this.#solved.annotations
      },
      (text) => putBlob(store, session, text)
    )
  }

  async #stage(stage: ResolvedStage): Promise<ExecutedStage> {
    const base = await this.#chainOf(stage.base)
    const count = this.#solved.stages.reduce((sum, each) => sum + each.steps.length, 0)
    const environment = { ...this.#environment, readTree: this.#readTree }
    const chains = await executeSteps(environment, base, stage.steps, {
      stepStarted: (step) => {
        const name = stage.name ?? String(stage.index)
        this.#listener.stepStarted(++this.#stepNumber, count, name, step)
      },
      stepEnded: (_step, result) => {
        this.#listener.stepEnded(this.#stepNumber, result.cached)
      }
    })
    return { base, chains }
  }

  async #layers(stage: ResolvedStage): Promise<WrittenLayer[]> {
    const layers: WrittenLayer[] = []
    for (const chain of this.#executed.get(stage.index)?.chains ?? []) {
      const snapshot = chain.at(-1)
      if (snapshot !== undefined) layers.push(await layerOf(this.#environment, snapshot))
    }
    return layers
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
      const stage = this.#executed.get(source.index)
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
