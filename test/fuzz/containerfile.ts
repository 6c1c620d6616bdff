import { type BuildPlan, planBuild } from '../../src/containerfile/build-plan.js'
import { ContainerfileError } from '../../src/containerfile/containerfile-error.js'
import { parseContainerfile } from '../../src/containerfile/containerfile.js'
import { PathMatcher, parseIgnoreFile } from '../../src/containerfile/ignore-file.js'
import { imageState, resolveStage, scratchState } from '../../src/containerfile/resolve-stage.js'
import type { Platform, ResolvedStage, StageState } from '../../src/containerfile/step.js'
import { matchWildcard } from '../../src/containerfile/wildcard.js'
import { bytesOfText } from '../../src/base/byte-string.js'

const FILE = 'fuzzed'
const AMD64: Platform = { os: 'linux', architecture: 'amd64' }

/** What became of one input. */
export type FuzzOutcome = 'resolved' | 'refused'

/**
 * Takes an input through everything the room does.
 *
 * @throws {Error} when something else than a {@link ContainerfileError} comes out, or when what comes out
 *   breaks a promise of its type
 */
export function exercise(text: string): FuzzOutcome {
  return refusedOr(text, () => {
    const file = parseContainerfile(text, FILE)
    const plan = planBuild(file, {
      buildArgs: new Map([['B', 'given']]),
      buildPlatform: AMD64,
      targetPlatform: AMD64,
      namedContexts: ['fetch']
    })
    resolveAll(plan)
  })
}

/** Takes an input through the ignore file's and the wildcards' rules. */
export function exercisePatterns(text: string, path: string): FuzzOutcome {
  return refusedOr(text, () => {
    matchWildcard(bytesOfText(text), bytesOfText(path))
    new PathMatcher(parseIgnoreFile(text, FILE)).matches(bytesOfText(path))
  })
}

function refusedOr(text: string, action: () => void): FuzzOutcome {
  try {
    action()
    return 'resolved'
  } catch (error) {
    if (!(error instanceof ContainerfileError)) throw error
    for (const each of [error, ...error.further]) checkPlace(text, each)
    return 'refused'
  }
}

function checkPlace(text: string, error: ContainerfileError): void {
  const { file, line, column } = error.position
  const lines = text.split('\n')
  const length = lines[line - 1]?.length ?? 0
  // One past the last character is where something is missing.
  if (file === FILE && line >= 1 && column >= 1 && column <= length + 1) return
  throw new Error(`${error.code} points outside the file: ${line}:${column}`)
}

function resolveAll(plan: BuildPlan): void {
  const states = new Map<number, StageState>()
  for (const index of plan.reachable) {
    const base = plan.stages[index]?.base
    const image = imageState(
      { onBuild: ['ENV FROM_BASE=1', 'RUN x'], shell: ['/bin/b'] },
      AMD64,
      'x'
    )
    const below =
      base?.kind === 'stage'
        ? states.get(base.index)
        : base?.kind === 'scratch'
          ? scratchState(AMD64)
          : image
    if (below === undefined) throw new Error('a base stage must be resolved before')
    const resolved = resolveStage(plan, index, below)
    checkResolved(resolved)
    states.set(index, resolved.state)
  }
}

function checkResolved(stage: ResolvedStage): void {
  const layers = stage.history.filter((entry) => !entry.emptyLayer)
  if (layers.length !== stage.steps.length) throw new Error('history and steps do not pair')
  for (const [index, step] of stage.steps.entries()) {
    if (layers[index]?.createdBy !== step.createdBy) throw new Error('history in another order')
    const paths =
      step.kind === 'run'
        ? [step.cwd, ...step.mounts.map((mount) => mount.target ?? '/')]
        : [step.kind === 'copy' ? step.destination : step.path]
    if (!paths.every(isContained)) throw new Error(`a path leaves the root: ${paths.join(' ')}`)
  }
}

function isContained(path: string): boolean {
  return path.startsWith('/') && !path.split('/').includes('..')
}
