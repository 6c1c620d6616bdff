import type { Step } from '../../containerfile/step.js'
import type { Chain } from '../snapshot/snapshot-store.js'
import { executeCopy } from './copy-step.js'
import { executeRun } from './run-step.js'
import type { StepEnvironment, StepResult } from './step-environment.js'
import { executeWorkdir } from './workdir-step.js'

/**
 * Executes one step of a stage.
 * @param chain the tree before it
 */
export function executeStep(
  environment: StepEnvironment,
  chain: Chain,
  step: Step
): Promise<StepResult> {
  if (step.kind === 'run') return executeRun(environment, chain, step)
  if (step.kind === 'copy') return executeCopy(environment, chain, step)
  return executeWorkdir(environment, chain, step)
}
