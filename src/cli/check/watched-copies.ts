import { availableParallelism } from 'node:os'
import type { ImageResult } from '../../build/build-tree.js'
import type { WatchedCopy } from '../../build/image/dependency-use.js'
import type { Tree } from '../../tree/tree.js'
import { prepare } from '../build.js'
import { placesOf } from '../build/places.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../context.js'
import { systemClock } from '../system-clock.js'

/**
 * Builds packages while it watches what their RUNs read.
 * @param packages full names; all that can be built, where absent
 * @returns by full name; packages with an image that could not be built are left out
 * @throws CliError `cli/not-built` where an image that was asked for by name could not be built
 */
export async function watchedCopies(
  context: CommandContext,
  tree: Tree,
  packages: ReadonlySet<string> | undefined
): Promise<ReadonlyMap<string, readonly WatchedCopy[]>> {
  const wanted = [...tree.packages.values()].filter(({ fullName }) => {
    return packages?.has(fullName) ?? true
  })
  const names = wanted.flatMap(({ images }) => images.map(({ name }) => name))
  if (names.length === 0) return new Map()
  const results = await watchedBuild(context, names)
  const copies = new Map(results.flatMap((result) => copiesOf(result)))
  const missing = names.filter((name) => !copies.has(name))
  if (packages !== undefined && missing.length > 0) throw notBuilt(missing)
  return new Map(
    wanted
      .filter(({ images }) => images.every(({ name }) => copies.has(name)))
      .map(({ fullName, images }) => [
        fullName,
        images.flatMap(({ name }) => [...(copies.get(name) ?? [])])
      ])
  )
}

function copiesOf({ name, outcome }: ImageResult): [string, readonly WatchedCopy[]][] {
  const isBuilt = outcome.kind === 'built' || outcome.kind === 'cached'
  return isBuilt && outcome.copies !== undefined ? [[name, outcome.copies]] : []
}

async function watchedBuild(
  context: CommandContext,
  names: readonly string[]
): Promise<ImageResult[]> {
  const { buildTree } = await import('../../build/build-tree.js')
  const { showProgress } = await import('../progress/show-progress.js')
  const display = showProgress(context, 'auto')
  return buildTree({
    ...placesOf(context),
    selection: { names },
    options: { jobs: availableParallelism(), useCache: true, watched: names },
    env: context.env,
    identity: 'own',
    signal: context.interruption(),
    clock: systemClock,
    listener: (event) => {
      display.event(event)
    },
    onFetch: (event) => {
      display.fetch(event)
    },
    planned: async (plan) => {
      await prepare(context, plan)
      display.begin(plan)
    }
  }).finally(() => {
    display.end()
  })
}

function notBuilt(names: readonly string[]): CliError {
  return new CliError('cli/not-built', 'what is not built cannot be watched', {
    found: names.join(' '),
    hint: `stagex build ${names.join(' ')}`
  })
}
