import type { ImageResult } from '../build/build-tree.js'
import { prepare } from './build.js'
import { placesOf } from './build/places.js'
import type { CommandContext } from './context.js'
import { systemClock } from './system-clock.js'
import { defaultJobs } from './default-jobs.js'

/**
 * Builds images as `stagex build` does, for a command that goes on from there; shown on standard error.
 * @returns what became of the named ones
 * @throws the first failure as an error
 */
export async function buildNamed(
  context: CommandContext,
  names: readonly string[]
): Promise<readonly ImageResult[]> {
  const { buildTree } = await import('../build/build-tree.js')
  const { showProgress } = await import('./progress/show-progress.js')
  const { failureOf } = await import('./build-summary.js')
  const display = showProgress(context, 'plain')
  const wanted = new Set<string>()
  const results = await buildTree({
    ...placesOf(context),
    selection: { names },
    options: { jobs: defaultJobs(), useCache: true },
    env: context.env,
    identity: 'own',
    signal: context.interruption(),
    listener: (event) => {
      display.event(event)
    },
    clock: systemClock,
    onFetch: (event) => {
      display.fetch(event)
    },
    planned: async (plan) => {
      for (const name of plan.wanted) wanted.add(name)
      await prepare(context, plan)
    }
  })
  const failure = failureOf(results)
  if (failure !== undefined) throw failure
  return results.filter(({ name }) => wanted.has(name))
}
