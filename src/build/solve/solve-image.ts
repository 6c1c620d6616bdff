import { readFileSync } from 'node:fs'
import type { BuildPlan, StagePlan } from '../../containerfile/build-plan.js'
import { planBuild } from '../../containerfile/build-plan.js'
import { decodeContainerfile, parseContainerfile } from '../../containerfile/containerfile.js'
import { imageState, resolveStage, scratchState } from '../../containerfile/resolve-stage.js'
import type {
  ImageSource,
  Platform,
  ResolvedStage,
  StageConfig,
  StageState
} from '../../containerfile/step.js'
import type { RuntimeConfig } from '../../oci/image-config.js'
import { BuildError } from '../build-error.js'
import type { BuiltImage } from '../image/built-image.js'
import type { ImageRequest } from '../plan/image-request.js'
import { type Dependencies, dependencyOf } from './dependencies.js'
import { imageInputs, imageKey } from './image-key.js'
import type { SolvedImage } from './solved-image.js'

/** The machine that builds is of no account: a build argument may ask for it, so it has one answer. */
const buildPlatform: Platform = { os: 'linux', architecture: 'amd64' }

/**
 * Reads an image's Containerfile and resolves every stage that its target needs. Depends on the files it
 * reads and on its arguments only.
 * @param dependencies the images that were built before
 * @throws ContainerfileError, BuildError
 */
export function solveImage(
  request: ImageRequest,
  platform: Platform,
  dependencies: Dependencies
): SolvedImage {
  const plan = readPlan(request, platform)
  const dependency = (source: ImageSource & { kind: 'image' }): BuiltImage => {
    return dependencyOf(request, source, dependencies)
  }
  const stages = resolveReachable(plan, dependency)
  const target = stages.at(-1)
  if (target === undefined) throw new Error('a plan without stages')
  const lineage = lineageOf(stages, target)
  const root = lineage[0]?.base
  if (root?.kind === 'named-context') throw fromContext(request, root.name)
  const solved = {
    request,
    platform,
    stages,
    target,
    base: root?.kind === 'image' ? dependency(root) : undefined,
    history: lineage.flatMap((stage) => stage.history),
    annotations: annotationsOf(request),
    dependency
  }
  const inputs = imageInputs(solved)
  return { ...solved, inputs, key: imageKey(inputs) }
}

function readPlan(request: ImageRequest, targetPlatform: Platform): BuildPlan {
  const { containerfile, containerfileLabel: label, target } = request
  const file = parseContainerfile(decodeContainerfile(readFileSync(containerfile), label), label)
  return planBuild(file, {
    buildArgs: new Map(Object.entries(request.buildArguments)),
    buildPlatform,
    targetPlatform,
    ...(target === undefined ? {} : { target }),
    namedContexts: ['fetch', ...Object.keys(request.contexts ?? {})]
  })
}

function resolveReachable(
  plan: BuildPlan,
  dependency: (source: ImageSource & { kind: 'image' }) => BuiltImage
): ResolvedStage[] {
  const resolved = new Map<number, ResolvedStage>()
  for (const index of plan.reachable) {
    const stage = plan.stages[index]
    if (stage === undefined) continue
    resolved.set(index, resolveStage(plan, index, baseState(stage, resolved, dependency)))
  }
  return [...resolved.values()]
}

/** What a stage inherits from the stage or image that it starts from. */
function baseState(
  { base, platform }: StagePlan,
  resolved: ReadonlyMap<number, ResolvedStage>,
  dependency: (source: ImageSource & { kind: 'image' }) => BuiltImage
): StageState {
  if (base.kind === 'stage') return resolved.get(base.index)?.state ?? scratchState(platform)
  if (base.kind !== 'image') return scratchState(platform)
  const { config, author } = dependency(base).config
  return imageState(stageConfigOf(config), base.platform, author)
}

/** The same members; those without a value are left out instead of undefined. */
function stageConfigOf(config: RuntimeConfig): StageConfig {
  const members = Object.entries(config).filter(([, value]) => value !== undefined)
  return Object.fromEntries(members)
}

/** Of the files of a context BuildKit makes a layer whose history depends on how the engine went about it. */
function fromContext({ containerfileLabel }: ImageRequest, name: string): BuildError {
  return new BuildError('build/unsupported', `the image would start from the context "${name}"`, {
    where: containerfileLabel,
    expected: 'a stage, an image or scratch below what is built',
    found: `a stage that is called as the context is, which takes its place`,
    hint: 'give the stage another name, or start from scratch and COPY --from the context',
    kind: 'usage'
  })
}

/** A stage and the stages that it is FROM, lowest first. */
export function lineageOf(stages: readonly ResolvedStage[], stage: ResolvedStage): ResolvedStage[] {
  const { base } = stage
  const below =
    base.kind === 'stage' ? stages.find((other) => other.index === base.index) : undefined
  return below === undefined ? [stage] : [...lineageOf(stages, below), stage]
}

function annotationsOf({ name, version }: ImageRequest): Record<string, string> {
  return {
    'containerd.io/distribution.source.docker.io': `stagex/${name}`,
    ...(version !== undefined && { 'org.opencontainers.image.version': version }),
    'org.opencontainers.image.created': '1970-01-01T00:00:01Z'
  }
}
