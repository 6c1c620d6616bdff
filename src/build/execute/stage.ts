import type { Step } from '../../containerfile/step.js'
import type { Chain } from '../snapshot/snapshot-store.js'
import { executeCopy } from './copy-step.js'
import { executeRun } from './run-step.js'
import type { StepEnvironment, StepResult } from './step-environment.js'
import { executeWorkdir } from './workdir-step.js'

/** Hears what becomes of each step of a stage. */
export interface StageListener {
  readonly stepStarted: (step: Step) => void
  readonly stepEnded: (step: Step, result: StepResult) => void
}

/**
 * Executes the steps of a stage one after the other on the tree of its base.
 * @returns the tree after each step
 */
export async function executeSteps(
  environment: StepEnvironment,
  base: Chain,
  steps: readonly Step[],
  listener: StageListener
): Promise<Chain[]> {
  const chains: Chain[] = []
  for (const step of steps) {
    listener.stepStarted(step)
    const result = await executeStep(environment, chains.at(-1) ?? base, step)
    listener.stepEnded(step, result)
    chains.push(result.chain)
  }
  return chains
}

function executeStep(environment: StepEnvironment, chain: Chain, step: Step): Promise<StepResult> {
  if (step.kind === 'run') return executeRun(environment, chain, step)
  if (step.kind === 'copy') return executeCopy(environment, chain, step)
  return executeWorkdir(environment, chain, step)
}
