import { type ImageReference, imageReference } from './image-reference.js'

/** What one stage of a Containerfile draws from. */
export interface StageReferences {
  /** Lower case; absent for a stage without `AS`. */
  readonly name?: string
  /** Positions in the file of the earlier stages that it builds on or copies from. */
  readonly stages: readonly number[]
  readonly images: readonly ImageReference[]
}

/** Reads which images and earlier stages every stage of a Containerfile names. */
export function stageReferences(text: string): StageReferences[] {
  const stages: { name?: string; stages: number[]; images: ImageReference[] }[] = []
  text.split('\n').forEach((line, index) => {
    const from = /^FROM\s+(?:--platform=\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?/i.exec(line)
    if (from?.[1] !== undefined) {
      stages.push({ ...(from[2] && { name: from[2].toLowerCase() }), stages: [], images: [] })
    }
    const copied = /^(?:COPY|ADD)\s(?:.*\s)?--from=(\S+)/i.exec(line)?.[1]
    const mounted = /^RUN\s.*--mount=\S*\bfrom=([^\s,]+)/i.exec(line)?.[1]
    const name = from?.[1] ?? copied ?? mounted
    const stage = stages.at(-1)
    if (name === undefined || name === 'scratch' || stage === undefined) return
    const earlier = stages.slice(0, -1).findIndex((other) => other.name === name.toLowerCase())
    if (earlier >= 0) stage.stages.push(earlier)
    else stage.images.push(imageReference(name, index + 1))
  })
  return stages
}

/**
 * The images that a build of `target` (the last stage, where absent) needs: those named by the stages that
 * it reaches, in file order; undefined when there is no such stage.
 */
export function referencesOfTarget(
  stages: readonly StageReferences[],
  target: string | undefined
): ImageReference[] | undefined {
  const start =
    target === undefined ? stages.length - 1 : stages.findIndex((s) => s.name === target)
  if (start < 0) return undefined
  const reached = new Set([start])
  for (const index of reached) for (const next of stages[index]?.stages ?? []) reached.add(next)
  return [...reached].sort((a, b) => a - b).flatMap((index) => stages[index]?.images ?? [])
}
