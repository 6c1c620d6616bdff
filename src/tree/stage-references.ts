import type { ImageReference } from './image-reference.js'

/** What one stage of a Containerfile draws from. */
export interface StageReferences {
  /** Lower case; absent for a stage without `AS`. */
  readonly name?: string
  /** Positions in the file of the other stages that it builds on, copies from or mounts. */
  readonly stages: readonly number[]
  /** Images that it builds on, copies from or mounts, in file order, each once. */
  readonly images: readonly ImageReference[]
}

/** The name under which a build gets the folder with its fetched sources. */
export const FETCH_CONTEXT = 'fetch'

/**
 * The images that a build of `target` (the last stage, where absent) needs: those named by the stages that
 * it reaches, in file order; undefined when there is no such stage.
 */
export function referencesOfTarget(
  stages: readonly StageReferences[],
  target: string | undefined
): ImageReference[] | undefined {
  const start = target === undefined ? stages.length - 1 : stageIndex(stages, target)
  if (start < 0) return undefined
  const reached = new Set([start])
  for (const index of reached) for (const next of stages[index]?.stages ?? []) reached.add(next)
  return [...reached].sort((a, b) => a - b).flatMap((index) => stages[index]?.images ?? [])
}

/** Where two stages have one name, the later is meant. */
function stageIndex(stages: readonly StageReferences[], name: string): number {
  return stages.findLastIndex((stage) => stage.name === name)
}
