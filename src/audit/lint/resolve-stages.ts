import { ContainerfileError } from '../../containerfile/containerfile-error.js'
import type { BuildPlan, StagePlan } from '../../containerfile/build-plan.js'
import { imageState, resolveStage, scratchState } from '../../containerfile/resolve-stage.js'
import type { ResolvedStage, StageState } from '../../containerfile/step.js'
import { planPackage } from '../../tree/plan-stages.js'
import type { PackageSubject } from './package-subject.js'

/**
 * The stages of a package with their steps, in file order, as far as they can be told without building
 * anything: what the base images' own environments say is not known. Undefined where a stage cannot be
 * resolved; a build then says why.
 */
export function resolvedStages(subject: PackageSubject): readonly ResolvedStage[] | undefined {
  try {
    const plan = planPackage(subject.containerfile, subject.package)
    const stages: ResolvedStage[] = []
    for (const stage of plan.stages) {
      stages.push(resolveStage(plan, stages.length, baseState(plan, stage, stages)))
    }
    return stages
  } catch (error) {
    if (error instanceof ContainerfileError) return undefined
    throw error
  }
}

function baseState(
  plan: BuildPlan,
  { base, platform }: StagePlan,
  earlier: readonly ResolvedStage[]
): StageState {
  if (base.kind === 'scratch') return scratchState(plan.options.targetPlatform)
  const own = base.kind === 'stage' ? earlier[base.index]?.state : undefined
  return own ?? imageState({}, platform)
}
