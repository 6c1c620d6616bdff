import { type BuildPlan, planBuild, type StagePlan } from '../containerfile/build-plan.js'
import { parseContainerfile } from '../containerfile/containerfile.js'
import type { Containerfile, Stage, StageInstruction } from '../containerfile/instruction.js'
import { parsePlatform } from '../containerfile/platform.js'
import type { Platform } from '../containerfile/step.js'
import { type ImageReference, imageReference } from './image-reference.js'
import { FETCH_CONTEXT, type StageReferences } from './stage-references.js'

/** The platform of a build that nobody chose another one for. */
const DEFAULT_PLATFORM: Platform = { os: 'linux', architecture: 'amd64' }

/** What the Containerfile of a package is read with. */
export interface StageContext {
  /** What errors call the file. */
  readonly file: string
  readonly buildArguments: Readonly<Record<string, string>>
  /** Those that the package forces; the first decides where a stage depends on it. */
  readonly platforms: readonly string[]
}

/**
 * Reads which images and stages every stage of a Containerfile names, by planning a build of it.
 * @throws ContainerfileError
 */
export function planStages(text: string, context: StageContext): StageReferences[] {
  return planPackage(parseContainerfile(text, context.file), context).stages.map(stageOf)
}

/**
 * Plans a build of the last stage as the package's own arguments and platforms have it.
 * @throws ContainerfileError
 */
export function planPackage(file: Containerfile, context: Omit<StageContext, 'file'>): BuildPlan {
  const platform = parsePlatform(context.platforms[0] ?? '', DEFAULT_PLATFORM) ?? DEFAULT_PLATFORM
  return planBuild(file, {
    buildArgs: new Map(Object.entries(context.buildArguments)),
    buildPlatform: DEFAULT_PLATFORM,
    targetPlatform: platform,
    namedContexts: [FETCH_CONTEXT]
  })
}

function stageOf({ stage, sources }: StagePlan): StageReferences {
  const stages = sources.flatMap((source) => (source.kind === 'stage' ? [source.index] : []))
  const images = new Map<string, ImageReference>()
  for (const source of sources) {
    if (source.kind !== 'image') continue
    const reference = imageReference(source.reference, stage.from.position.line)
    if (reference === undefined || images.has(reference.text)) continue
    images.set(reference.text, { ...reference, line: lineOf(reference.text, stage) })
  }
  const named = stage.name === undefined ? {} : { name: stage.name }
  return { ...named, stages, images: [...images.values()] }
}

/** The instruction of the stage that names the image; FROM where that is seen only after expansion. */
function lineOf(text: string, stage: Stage): number {
  const naming = stage.instructions.find((instruction) =>
    namesOf(instruction).some((name) => imageReference(name, 0)?.text === text)
  )
  const isBase = imageReference(stage.from.base.text, 0)?.text === text
  return (isBase ? undefined : naming)?.position.line ?? stage.from.position.line
}

function namesOf(instruction: StageInstruction): string[] {
  if (instruction.kind === 'copy') return [instruction.from?.text ?? []].flat()
  if (instruction.kind !== 'run') return []
  return instruction.mounts.flatMap((mount) => mount.from?.text ?? [])
}
