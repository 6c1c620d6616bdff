import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildPlan, planBuild } from '../../src/containerfile/build-plan.js'
import { parseContainerfile } from '../../src/containerfile/containerfile.js'
import { formatPlatform, parsePlatform } from '../../src/containerfile/platform.js'
import { resolveStage, scratchState } from '../../src/containerfile/resolve-stage.js'
import type {
  HistoryEntry,
  Platform,
  ResolvedStage,
  StageConfig
} from '../../src/containerfile/step.js'

/** What a case is built with: `options.json` of its folder. */
export interface CaseOptions {
  readonly buildArgs?: Readonly<Record<string, string>>
  readonly target?: string
  readonly platform?: string
}

/** What the engine recorded of a case: `expected.json` of its folder. */
export interface ExpectedStage {
  readonly author?: string
  readonly platform: string
  readonly config: Readonly<Record<string, unknown>>
  /** `created_by` of each entry; `{ layer: … }` where the entry has a layer. */
  readonly history: readonly (string | { readonly layer: string })[]
}

const GOLDEN = join(import.meta.dirname, 'golden')
export const AMD64: Platform = { os: 'linux', architecture: 'amd64' }

/** The names of all cases: their folders' names. */
export function caseNames(): string[] {
  return readdirSync(GOLDEN).sort()
}

export function caseFile(name: string, file: string): string {
  return join(GOLDEN, name, file)
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

export function caseOptions(name: string): CaseOptions {
  const path = caseFile(name, 'options.json')
  return existsSync(path) ? (readJson(path) as CaseOptions) : {}
}

/** The build arguments that are always given, and the case's own. */
export function planOf(text: string, options: CaseOptions = {}, file = 'Containerfile'): BuildPlan {
  const buildArgs = { SOURCE_DATE_EPOCH: '1', BUILDKIT_MULTI_PLATFORM: '1', ...options.buildArgs }
  return planBuild(parseContainerfile(text, file), {
    buildArgs: new Map(Object.entries(buildArgs)),
    buildPlatform: AMD64,
    targetPlatform: parsePlatform(options.platform ?? 'linux/amd64', AMD64) ?? AMD64,
    ...(options.target === undefined ? {} : { target: options.target }),
    namedContexts: ['fetch']
  })
}

/** A target and all stages that it needs, resolved; every base must be scratch or a stage. */
export interface ResolvedTarget {
  readonly plan: BuildPlan
  readonly stages: ReadonlyMap<number, ResolvedStage>
  readonly target: ResolvedStage
  /** The whole history of the target, its bases' first. */
  readonly history: readonly HistoryEntry[]
}

export function resolveTarget(plan: BuildPlan): ResolvedTarget {
  const stages = new Map<number, ResolvedStage>()
  const histories = new Map<number, HistoryEntry[]>()
  for (const index of plan.reachable) {
    const base = plan.stages[index]?.base
    const below = base?.kind === 'stage' ? stages.get(base.index) : undefined
    const earlier = base?.kind === 'stage' ? (histories.get(base.index) ?? []) : []
    const state = below?.state ?? scratchState(plan.options.targetPlatform)
    const stage = resolveStage(plan, index, state)
    stages.set(index, stage)
    histories.set(index, [...earlier, ...stage.history])
  }
  const target = stages.get(plan.target)
  if (target === undefined) throw new Error('the target is always reachable')
  return { plan, stages, target, history: histories.get(plan.target) ?? [] }
}

/** The resolved target in the form that the engine's record has. */
export function asRecorded({ plan, target, history }: ResolvedTarget): ExpectedStage {
  return {
    ...(target.state.author === undefined ? {} : { author: target.state.author }),
    platform: formatPlatform(plan.options.targetPlatform),
    config: ociConfig(target.state.config),
    history: history.map(({ createdBy, emptyLayer }) =>
      emptyLayer ? createdBy : { layer: createdBy }
    )
  }
}

function ociConfig(config: StageConfig): Record<string, unknown> {
  const { exposedPorts, volumes, healthcheck, ...plain } = config
  return {
    ...capitalised(plain),
    ...(exposedPorts === undefined ? {} : { ExposedPorts: keysOnly(exposedPorts) }),
    ...(volumes === undefined ? {} : { Volumes: keysOnly(volumes) }),
    ...(healthcheck === undefined ? {} : { Healthcheck: capitalised(healthcheck) })
  }
}

function capitalised(members: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      value
    ])
  )
}

function keysOnly(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, {}]))
}
