import type { BuildPlan } from './build-plan.js'
import { parseTrigger } from './containerfile.js'
import type { StageInstruction } from './instruction.js'
import { TRIGGER_COST } from './resolution/budget.js'
import { resolveCopy } from './resolution/resolve-copy.js'
import {
  resolveArg,
  resolveCommand,
  resolveEnv,
  resolveHealthcheck,
  resolveLabel,
  resolveList,
  resolveOnbuild,
  resolveShell,
  resolveText
} from './resolution/resolve-metadata.js'
import { resolveRun } from './resolution/resolve-run.js'
import { StageDraft } from './resolution/stage-draft.js'
import type { Platform, ResolvedStage, StageConfig, StageState } from './step.js'

/** What a stage FROM scratch starts with. */
export function scratchState(platform: Platform): StageState {
  return imageState({ workingDir: '/' }, platform)
}

/** What a stage FROM an image starts with. */
export function imageState(config: StageConfig, platform: Platform, author?: string): StageState {
  return {
    config,
    ...(author === undefined ? {} : { author }),
    platform,
    environment: new Map(),
    args: new Map()
  }
}

/**
 * Turns a stage's instructions into steps, history and config. `base` is how its base ends: a
 * {@link scratchState}, an {@link imageState}, or the `state` of the resolved base stage.
 *
 * @throws {ContainerfileError}
 */
export function resolveStage(plan: BuildPlan, index: number, base: StageState): ResolvedStage {
  const stage = plan.stages[index]
  if (stage === undefined) throw new RangeError(`there is no stage ${index}`)
  const draft = new StageDraft(plan, stage, base)
  for (const trigger of takeTriggers(draft)) resolveInstruction(draft, trigger)
  const own = stage.replaced ? [] : stage.stage.instructions
  for (const instruction of own) resolveInstruction(draft, instruction)
  const { name } = stage.stage
  return {
    index,
    ...(name === undefined ? {} : { name }),
    base: stage.base,
    steps: draft.steps,
    history: draft.history,
    state: draft.state()
  }
}

/** The base's triggers are executed at the place of the FROM, once: the stage does not inherit them. */
function takeTriggers(draft: StageDraft): StageInstruction[] {
  if (draft.stage.replaced) return []
  const triggers = draft.config.onBuild
  draft.config.onBuild = []
  const { position } = draft.stage.stage.from
  return triggers.map((trigger) => {
    draft.spend(TRIGGER_COST + trigger.length, position)
    return parseTrigger(trigger, position)
  })
}

function resolveInstruction(draft: StageDraft, instruction: StageInstruction): void {
  switch (instruction.kind) {
    case 'arg': {
      resolveArg(draft, instruction)
      return
    }
    case 'env': {
      resolveEnv(draft, instruction)
      return
    }
    case 'label': {
      resolveLabel(draft, instruction)
      return
    }
    case 'copy':
    case 'add': {
      resolveCopy(draft, instruction)
      return
    }
    case 'run': {
      resolveRun(draft, instruction)
      return
    }
    case 'cmd':
    case 'entrypoint': {
      resolveCommand(draft, instruction)
      return
    }
    case 'shell': {
      resolveShell(draft, instruction)
      return
    }
    case 'healthcheck': {
      resolveHealthcheck(draft, instruction)
      return
    }
    case 'expose':
    case 'volume': {
      resolveList(draft, instruction)
      return
    }
    case 'user':
    case 'workdir':
    case 'stopsignal':
    case 'maintainer': {
      resolveText(draft, instruction)
      return
    }
    case 'onbuild': {
      resolveOnbuild(draft, instruction)
      return
    }
  }
}
