import type { ResolvedStage } from '../../containerfile/step.js'
import type { WrittenLayer } from '../../oci/layer-writer.js'
import { lineageOf } from '../solve/solve-image.js'
import type { SolvedImage } from '../solve/solved-image.js'
import { putBlob } from '../store/blob-store.js'
import { assembleImage } from './assemble-image.js'
import type { BuiltImage } from './built-image.js'
import { type ExecutedStage, executeStages } from './execute-stages.js'
import type { ImageEnvironment, ImageListener } from './image-environment.js'
import { layerOf } from './layer-cache.js'

/**
 * Builds an image for one platform: executes every stage that its target reaches, exports the layers of
 * the target and writes config and manifest.
 */
export async function buildImage(
  environment: ImageEnvironment,
  solved: SolvedImage,
  listener: ImageListener
): Promise<BuiltImage> {
  const executed = await executeStages(environment, solved, listener)
  const { target, base, history, platform, annotations } = solved
  const layers: WrittenLayer[] = []
  for (const stage of lineageOf(solved.stages, target)) {
    layers.push(...(await layersOf(environment, stage, executed, stage === target)))
  }
  const { store, session, epoch } = environment
  return assembleImage(
    {
      platform,
      ...(target.state.author === undefined ? {} : { author: target.state.author }),
      config: target.state.config,
      epoch,
      ...(base === undefined ? {} : { base }),
      history,
      layers,
      annotations
    },
    (text) => putBlob(store, session, text)
  )
}

async function layersOf(
  environment: ImageEnvironment,
  stage: ResolvedStage,
  executed: ReadonlyMap<number, ExecutedStage>,
  isTarget: boolean
): Promise<WrittenLayer[]> {
  const layers: WrittenLayer[] = []
  const chains = executed.get(stage.index)?.chains ?? []
  for (const [index, chain] of chains.entries()) {
    const snapshot = chain.at(-1)
    const exportedOnly = isTarget && index === chains.length - 1
    if (snapshot !== undefined) layers.push(await layerOf(environment, snapshot, exportedOnly))
  }
  return layers
}
