import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { ImageResult, TreeBuild } from '../build/build-tree.js'
import type { BuildOptions } from '../build/plan/image-request.js'
import type { Plan } from '../build/plan/plan.js'
import { systemClock } from './system-clock.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { choice, flag, hidden, text, wholeNumber } from './option.js'
import { printReport } from './report.js'

/** `stagex build` */
export const buildCommand = declareCommand({
  name: 'build',
  group: 'Build',
  summary: 'Build images and everything they are built from',
  arguments: '<name...>',
  details: `
A name is a package (hello), a package with its stage (user-hello) or a whole stage (user). The images are
written as OCI layouts to out/<stage>-<name>/ and their digests are printed. What was built before from the
same inputs is not built again.`,
  options: {
    jobs: wholeNumber('-j, --jobs <n>', 'images to build at the same time (default: one a core)'),
    noCache: flag('--no-cache', 'execute every step, even where its result is known'),
    out: text('--out <folder>', 'where the layouts go (default: out/ in the tree)'),
    foreignIds: hidden(flag('--foreign-ids', 'build under ids that belong to nobody (as root)')),
    stepTimeout: wholeNumber('--step-timeout <seconds>', 'end a RUN that takes longer'),
    stepMemory: wholeNumber('--step-memory <mebibytes>', 'memory each process of a RUN may have'),
    progress: choice('--progress <kind>', 'how progress is shown', [
      'auto',
      'tty',
      'plain',
      'quiet'
    ])
  },
  run: async (context, names, { jobs, noCache, out, foreignIds, progress, ...limits }) => {
    const { buildTree } = await import('../build/build-tree.js')
    const { showProgress } = await import('./progress/show-progress.js')
    const display = showProgress(context, progress ?? 'auto')
    try {
      const results = await buildTree({
        ...placesOf(context),
        ...(out !== undefined && { out: resolve(context.cwd, out) }),
        names,
        options: {
          jobs: jobs ?? availableParallelism(),
          useCache: !noCache,
          ...stepLimits(limits)
        },
        env: context.env,
        identity: foreignIds ? 'other' : 'own',
        signal: context.interruption(),
        listener: (event) => {
          display.event(event)
        },
        clock: systemClock,
        onFetch: (event) => {
          display.fetch(event)
        },
        planned: async (plan) => {
          // Under foreign ids the machine cannot be tried out; the build before this one did.
          if (!foreignIds) await prepare(context, plan)
          display.begin(plan)
        }
      })
      display.end()
      return await report(context, results)
    } finally {
      display.end()
    }
  }
})

function stepLimits(given: {
  readonly stepTimeout: number | undefined
  readonly stepMemory: number | undefined
}): Pick<BuildOptions, 'stepTimeoutSeconds' | 'stepMemoryBytes'> {
  const { stepTimeout, stepMemory } = given
  return {
    ...(stepTimeout !== undefined && { stepTimeoutSeconds: stepTimeout }),
    ...(stepMemory !== undefined && { stepMemoryBytes: stepMemory * 2 ** 20 })
  }
}

/** Where a command's build reads and writes. */
export function placesOf(context: CommandContext): Pick<TreeBuild, 'root' | 'home' | 'out'> {
  return { root: context.root, home: context.home, out: join(context.root, 'out') }
}

/** Makes sure that this machine can build what is planned. */
export async function prepare(context: CommandContext, plan: Plan): Promise<void> {
  const { prepareMachine } = await import('../build/machine/prepare.js')
  const { thisMachine } = await import('../build/machine/machine.js')
  const needsI386 = plan.requests.some(({ platforms }) =>
    platforms.some(({ architecture }) => architecture === '386')
  )
  const scope = needsI386 ? 'all' : 'without-i386'
  await prepareMachine(thisMachine(context.home, context.env), scope, (line) => {
    context.stderr.write(`${line}\n`)
  })
}

async function report(context: CommandContext, results: readonly ImageResult[]): Promise<0 | 1> {
  const { summaryOf, renderSummary } = await import('./build-summary.js')
  const { digestMismatches } = await import('./recorded-digests.js')
  const mismatches = digestMismatches(context.root, results)
  printReport(context, summaryOf(results, mismatches), renderSummary)
  const good = results.every(({ outcome: { kind } }) => kind === 'built' || kind === 'cached')
  return good && mismatches.length === 0 ? 0 : 1
}
