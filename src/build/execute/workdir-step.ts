import { bytesOfText } from '../../base/byte-string.js'
import { placeOf } from './place.js'
import type { WorkdirStep } from '../../containerfile/step.js'
import { readableError } from '../copy/copy-error.js'
import { makeDirectories } from '../copy/make-directories.js'
import { ownerNamed } from '../copy/owner.js'
import type { Chain, WritableTree } from '../snapshot/snapshot-store.js'
import { cachedStep, changedTree } from './cached-step.js'
import { stepIdentity } from './step-identity.js'
import type { StepEnvironment, StepResult } from './step-environment.js'

/** Executes WORKDIR: makes the folder unless it is there, which is a layer either way. */
export function executeWorkdir(
  environment: StepEnvironment,
  chain: Chain,
  step: WorkdirStep
): Promise<StepResult> {
  const make = ({ root }: WritableTree): Promise<void> => {
    makeFolder(environment, root, step)
    return Promise.resolve()
  }
  return cachedStep(environment, chain, stepIdentity(step), () =>
    changedTree(environment, chain, make)
  )
}

function makeFolder(environment: StepEnvironment, root: string, step: WorkdirStep): void {
  const tree = bytesOfText(root)
  const { user, position } = step
  const owner = user === '' ? undefined : ownerNamed(tree, user, placeOf(position))
  const time = { seconds: environment.epoch, nanoseconds: 0 }
  try {
    makeDirectories(tree, bytesOfText(step.path), { owner, time })
  } catch (error) {
    throw readableError(error, placeOf(position))
  }
}
