import type { BuildOptions } from './build-options.js'
import { ContainerfileError } from './containerfile-error.js'
import { didYouMean } from './suggestion.js'
import { parseTrigger } from './containerfile.js'
import { expandAt } from './expansion/expand-word.js'
import type { Containerfile, Stage, StageInstruction } from './instruction.js'
import { parsePlatform } from './platform.js'
import { Budget, PLANNING, TRIGGER_COST } from './resolution/budget.js'
import { checkOrder, type SourceUse } from './resolution/stage-order.js'
import { globalArgs } from './resolution/global-args.js'
import { SourceNames } from './resolution/source-names.js'
import type { ImageSource, Platform } from './step.js'

/** A stage whose base is known. */
export interface StagePlan {
  readonly stage: Stage
  readonly base: ImageSource
  /** The platform that its base is taken for; FROM a stage, that stage's, whatever the flag says. */
  readonly platform: Platform
  /** Whether a named context with the stage's name stands in for the whole stage. */
  readonly replaced: boolean
  /**
   * Its base and all that it copies from or mounts, each once. Triggers of a base image may add more: the
   * sources of the resolved steps tell.
   */
  readonly sources: readonly ImageSource[]
}

/** A Containerfile with everything known that can be known before a base image's config is. */
export interface BuildPlan {
  readonly file: Containerfile
  readonly options: BuildOptions
  readonly globalArgs: ReadonlyMap<string, string>
  readonly names: SourceNames
  readonly budget: Budget
  readonly stages: readonly StagePlan[]
  /** The index of the stage to build. */
  readonly target: number
  /** The stages that the target needs, itself included, in the order in which they can be built. */
  readonly reachable: readonly number[]
}

/**
 * Finds out what each stage starts from and reads, and which stages the target needs.
 *
 * @throws {ContainerfileError}
 */
export function planBuild(file: Containerfile, options: BuildOptions): BuildPlan {
  const args = globalArgs(file, options)
  const names = new SourceNames(options.namedContexts ?? [])
  const bases = planBases(file, args, names, options)
  const budget = new Budget(file.size)
  const uses = bases.map((plan) => sourceUses(bases, plan, names, budget, options.targetPlatform))
  const stages = bases.map((plan, index) => ({
    ...plan,
    sources: distinct(plan, uses[index] ?? [])
  }))
  const target = targetIndex(file, names, options)
  const reachable = reachableStages(stages, target)
  checkOrder(file.stages, uses, reachable)
  return { file, options, globalArgs: args, names, budget, stages, target, reachable }
}

type BasePlan = Omit<StagePlan, 'sources'>

function planBases(
  file: Containerfile,
  args: ReadonlyMap<string, string>,
  names: SourceNames,
  options: BuildOptions
): BasePlan[] {
  const bases: BasePlan[] = []
  for (const stage of file.stages) {
    const plan = planBase(file, stage, args, names, options)
    const inherited = plan.base.kind === 'stage' ? bases[plan.base.index]?.platform : undefined
    bases.push(inherited === undefined ? plan : { ...plan, platform: inherited })
    names.addStage(stage.name)
  }
  return bases
}

function planBase(
  file: Containerfile,
  stage: Stage,
  args: ReadonlyMap<string, string>,
  names: SourceNames,
  options: BuildOptions
): BasePlan {
  const lookup = (name: string): string | undefined => args.get(name)
  const { base: word } = stage.from
  const text = expandAt(word.text, lookup, file.escape, word.position).text
  if (text === '') throw blankBase(stage)
  const given = stagePlatform(file, stage, lookup, options)
  const platform = given ?? options.targetPlatform
  const context = stage.name === undefined ? undefined : replacement(stage.name, names, platform)
  if (context !== undefined) {
    return { stage, base: { kind: 'named-context', name: context }, platform, replaced: true }
  }
  const base = names.base({ text, position: word.position }, platform)
  const isEmpty = base.kind === 'scratch'
  return { stage, base, platform: isEmpty ? options.targetPlatform : platform, replaced: false }
}

function replacement(stage: string, names: SourceNames, platform: Platform): string | undefined {
  return stage === 'scratch' || stage === 'context' ? undefined : names.context(stage, platform)
}

function blankBase(stage: Stage): ContainerfileError {
  const { base } = stage.from
  return new ContainerfileError('containerfile/blank-base', base.position, 'the base is blank', {
    expected: 'a stage, an image or scratch',
    found: base.text,
    hint: 'only ARGs before the first FROM are known here; give it a default'
  })
}

function stagePlatform(
  file: Containerfile,
  stage: Stage,
  lookup: (name: string) => string | undefined,
  options: BuildOptions
): Platform | undefined {
  const word = stage.from.platform
  if (word === undefined || word.text === '') return undefined
  const text = expandAt(word.text, lookup, file.escape, word.position).text
  const platform = parsePlatform(text, options.buildPlatform)
  if (platform !== undefined) return platform
  throw new ContainerfileError(
    'containerfile/bad-platform',
    word.position,
    text === '' ? `the platform ${word.text} is blank` : `${text} is no platform`,
    { expected: 'os/architecture[/variant]', found: text }
  )
}

/** Now that all stages are named: what is copied from a name is the *last* stage of that name. */
function sourceUses(
  bases: readonly BasePlan[],
  plan: BasePlan,
  names: SourceNames,
  budget: Budget,
  target: Platform
): SourceUse[] {
  if (plan.replaced) return []
  const instructions = [...plan.stage.instructions, ...localTriggers(bases, plan, budget)]
  return instructions.flatMap((each) => usesOf(each, names, target))
}

function distinct(plan: BasePlan, uses: readonly SourceUse[]): ImageSource[] {
  const sources = new Map([[JSON.stringify(plan.base), plan.base]])
  for (const { source } of uses) {
    if (source.kind !== 'scratch') sources.set(JSON.stringify(source), source)
  }
  return [...sources.values()]
}

/** The triggers that an earlier stage of the same file leaves to the stages FROM it. */
function localTriggers(
  bases: readonly BasePlan[],
  plan: BasePlan,
  budget: Budget
): StageInstruction[] {
  const base = plan.base.kind === 'stage' ? bases[plan.base.index]?.stage : undefined
  const { position } = plan.stage.from
  return (base?.instructions ?? []).flatMap((each) => {
    if (each.kind !== 'onbuild') return []
    budget.spend(PLANNING, TRIGGER_COST + each.trigger.length, position)
    return [parseTrigger(each.trigger, position)]
  })
}

function usesOf(
  instruction: StageInstruction,
  names: SourceNames,
  platform: Platform
): SourceUse[] {
  if (instruction.kind === 'copy' && instruction.from !== undefined) {
    const { from } = instruction
    return [{ source: names.copySource(from, platform), position: from.position }]
  }
  if (instruction.kind !== 'run') return []
  const froms = instruction.mounts.map((mount) => mount.from).filter((from) => from !== undefined)
  return froms.map((from) => ({
    source: names.mountSource(from, platform),
    position: from.position
  }))
}

function targetIndex(file: Containerfile, names: SourceNames, options: BuildOptions): number {
  if (options.target === undefined || options.target === '') return file.stages.length - 1
  const index = names.stage(options.target)
  if (index !== undefined) return index
  throw new ContainerfileError(
    'containerfile/unknown-stage',
    { file: file.fileName, line: 1, column: 1 },
    `there is no stage ${options.target} to build`,
    {
      expected: `one of ${[...names.stageNames()].slice(0, 20).join(', ')}`,
      found: options.target,
      hint: didYouMean(options.target.toLowerCase(), names.stageNames())
    }
  )
}

function reachableStages(stages: readonly StagePlan[], target: number): number[] {
  const reached = new Set([target])
  for (const index of reached) {
    for (const source of stages[index]?.sources ?? []) {
      if (source.kind === 'stage') reached.add(source.index)
    }
  }
  return [...reached].sort((a, b) => a - b)
}
