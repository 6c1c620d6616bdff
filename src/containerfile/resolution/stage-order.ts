import { ContainerfileError } from '../containerfile-error.js'
import type { Stage } from '../instruction.js'
import type { Position } from '../position.js'
import type { ImageSource } from '../step.js'

/** One COPY --from or mount: what it reads and where it says so. */
export interface SourceUse {
  readonly source: ImageSource
  readonly position: Position
}

/**
 * Stages are built in file order, so that each reads earlier ones only.
 *
 * @throws {ContainerfileError} `stage-cycle` where stages read each other, `stage-order` where a reachable
 *   stage reads a later one
 */
export function checkOrder(
  stages: readonly Stage[],
  uses: readonly (readonly SourceUse[])[],
  reachable: readonly number[]
): void {
  const cycle = findCycle(uses.map(stagesRead))
  if (cycle !== undefined) throw stageCycle(stages, uses, cycle)
  for (const index of reachable) {
    const later = uses[index]?.find(
      ({ source }) => source.kind === 'stage' && source.index >= index
    )
    if (later !== undefined) throw wrongOrder(stages, index, later)
  }
}

function stagesRead(uses: readonly SourceUse[]): number[] {
  return uses.flatMap(({ source }) => (source.kind === 'stage' ? [source.index] : []))
}

/** A path from a stage back to itself, found without recursion: a file may have very many stages. */
function findCycle(edges: readonly (readonly number[])[]): number[] | undefined {
  const finished = new Set<number>()
  for (let start = 0; start < edges.length; start++) {
    const path: number[] = []
    const onPath = new Set<number>()
    const pending: { readonly stage: number; readonly leaving: boolean }[] = [
      { stage: start, leaving: false }
    ]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next.leaving) {
        path.pop()
        onPath.delete(next.stage)
        finished.add(next.stage)
      } else if (onPath.has(next.stage)) {
        return [...path.slice(path.indexOf(next.stage)), next.stage]
      } else if (!finished.has(next.stage)) {
        path.push(next.stage)
        onPath.add(next.stage)
        pending.push({ stage: next.stage, leaving: true })
        for (const stage of edges[next.stage] ?? []) pending.push({ stage, leaving: false })
      }
    }
  }
  return undefined
}

function stageCycle(
  stages: readonly Stage[],
  uses: readonly (readonly SourceUse[])[],
  cycle: readonly number[]
): ContainerfileError {
  const shown = cycle.length > 12 ? [...cycle.slice(0, 10), ...cycle.slice(-1)] : cycle
  const path = shown.map((index) => stageLabel(stages, index)).join(' → ')
  const [first = 0, second = 0] = cycle
  const use = uses[first]?.find(({ source }) => source.kind === 'stage' && source.index === second)
  return new ContainerfileError(
    'containerfile/stage-cycle',
    use?.position ?? { file: '', line: 1, column: 1 },
    `stages read each other: ${path}`,
    { expected: 'stages that read earlier stages only', found: path }
  )
}

function wrongOrder(stages: readonly Stage[], index: number, later: SourceUse): ContainerfileError {
  const reader = stageLabel(stages, index)
  const read = later.source.kind === 'stage' ? stageLabel(stages, later.source.index) : ''
  return new ContainerfileError(
    'containerfile/stage-order',
    later.position,
    `the stage ${reader} reads ${read}, which comes after it`,
    { hint: `move ${read} before ${reader}` }
  )
}

function stageLabel(stages: readonly Stage[], index: number): string {
  return stages[index]?.name ?? String(index)
}
