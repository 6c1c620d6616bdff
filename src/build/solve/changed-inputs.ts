import type { ImageInputs, StageInputs, StepInputs } from './image-inputs.js'

/** Why a step is executed again, or that it is not. */
export interface StepState {
  readonly stage: string
  /** The instruction. */
  readonly text: string
  readonly cached: boolean
  /** Absent where it is cached, and where only an earlier step of the stage is the reason. */
  readonly because?: StepChange
}

/** What about a step differs from when the image was built last. */
export type StepChange =
  | 'new'
  /** It is written otherwise. */
  | 'instruction'
  /** It is written as before, and means something else: arguments, environment, folder, user. */
  | 'meaning'
  /** The files that it reads, or the image. */
  | 'contents'
  /** What its stage starts from. */
  | 'base'
  /** An earlier stage that it reads or starts from has changed. */
  | 'stage'

/**
 * Compares what an image was made of with what it is made of now, step by step.
 * @param before undefined where it was never built
 */
export function changedSteps(before: ImageInputs | undefined, now: ImageInputs): StepState[] {
  const changed = new Set<number>()
  return now.stages.flatMap((stage) => {
    const old = before?.stages.find(({ index }) => index === stage.index)
    const states = stageStates(old, stage, changed)
    if (old === undefined || states.some(({ cached }) => !cached)) changed.add(stage.index)
    return states
  })
}

function stageStates(
  before: StageInputs | undefined,
  now: StageInputs,
  changed: ReadonlySet<number>
): StepState[] {
  let first: StepChange | undefined = baseChange(before, now, changed)
  let told = false
  return now.steps.map((step, index) => {
    first ??= stepChange(before?.steps[index], step, changed)
    const common = { stage: now.name, text: step.text }
    if (first === undefined) return { ...common, cached: true }
    const because = told ? {} : { because: first }
    told = true
    return { ...common, cached: false, ...because }
  })
}

function baseChange(
  before: StageInputs | undefined,
  now: StageInputs,
  changed: ReadonlySet<number>
): StepChange | undefined {
  if (before === undefined) return 'new'
  if (!equal(before.base, now.base)) return 'base'
  return readsChanged(now.base, changed) ? 'stage' : undefined
}

function stepChange(
  before: StepInputs | undefined,
  now: StepInputs,
  changed: ReadonlySet<number>
): StepChange | undefined {
  if (before === undefined) return 'new'
  if (before.text !== now.text) return 'instruction'
  if (!equal(before.identity, now.identity)) return 'meaning'
  if (!equal(before.input, now.input)) return 'contents'
  return readsChanged(now.input, changed) ? 'stage' : undefined
}

/** An input that is a stage is `['stage', index]`; those of a RUN are a list of such. */
function readsChanged(input: unknown, changed: ReadonlySet<number>): boolean {
  if (!Array.isArray(input)) return false
  const [first, second] = input as unknown[]
  if (first === 'stage' && typeof second === 'number') return changed.has(second)
  return (input as unknown[]).some((each) => readsChanged(each, changed))
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
