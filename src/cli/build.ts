import type { ImageResult } from '../build/build-tree.js'
import type { Engine } from '../build/import-image.js'
import type { BuildOptions } from '../build/plan/image-request.js'
import type { Plan } from '../build/plan/plan.js'
import type { ImageSelection } from '../tree/select-images.js'
import type { ImportedImage } from './build/import-results.js'
import { placesOf } from './build/places.js'
import { selectionOf } from './build/selection.js'
import { defaultJobs } from './default-jobs.js'
import { declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import { choice, flag, hidden, text, wholeNumber } from './option.js'
import { printReport } from './report.js'
import { systemClock } from './system-clock.js'

const progressKinds = ['auto', 'tty', 'plain', 'json', 'quiet'] as const

type ProgressKind = (typeof progressKinds)[number]

/** `stagex build` */
export const buildCommand = declareCommand({
  name: 'build',
  group: 'Build',
  summary: 'Build images and everything they are built from',
  arguments: '[name...]',
  details: `
A name is a package (hello), a package with its stage (user-hello) or a whole stage (user). The images are
written as OCI layouts to out/<stage>-<name>/ and their digests are printed. What was built before from the
same inputs is not built again. An image that fails stops only those that are built from it.`,
  examples: [
    ['build hello', 'an image and all that it is built from'],
    ['build core --jobs 4', 'a whole stage'],
    ['build zlib --dependants', 'and everything that is built from it'],
    [
      'build --since main',
      'what a branch changes, whether committed or not, and what depends on it'
    ],
    ['build hello --import', 'and podman run stagex/user-hello:local']
  ],
  options: {
    all: flag('--all', 'every image of the tree'),
    since: text(
      '--since <revision>',
      'images whose packages differ from a git revision, and their dependants'
    ),
    dependants: flag('--dependants', 'also the images that are built from those'),
    import: flag('--import', 'load the images into docker or podman, as stagex/<name>:local'),
    strict: flag('--strict', 'build nothing with a package.toml in which anything is doubtful'),
    jobs: wholeNumber(
      '-j, --jobs <n>',
      'images to build at the same time (default: one a core, with 1 GiB of memory each)'
    ),
    noCache: flag('--no-cache', 'execute every step, even where its result is known'),
    out: text('--out <folder>', 'where the layouts go (default: out/ in the tree)'),
    foreignIds: hidden(flag('--foreign-ids', 'build under ids that belong to nobody (as root)')),
    unrecorded: hidden(flag('--unrecorded', 'leave it to the caller to look into digests/')),
    stepTimeout: wholeNumber('--step-timeout <seconds>', 'end a RUN that takes longer'),
    stepMemory: wholeNumber('--step-memory <mebibytes>', 'memory each process of a RUN may have'),
    progress: choice('--progress <kind>', 'how progress is shown', progressKinds)
  },
  run: async (context, names, { all, since, dependants, ...how }) => {
    const selection = selectionOf(names, { all, since, dependants })
    const engine = how.import ? await engineOf(context) : undefined
    const wanted = new Set<string>()
    const results = await build(context, selection, how, wanted)
    const imported = engine === undefined ? [] : await load(engine, results, wanted)
    return report(context, results, imported, how.unrecorded)
  }
})

/** How images are built, of what the command line says. */
interface BuildManner {
  readonly jobs: number | undefined
  readonly noCache: boolean
  readonly out: string | undefined
  readonly foreignIds: boolean
  readonly unrecorded: boolean
  readonly strict: boolean
  readonly stepTimeout: number | undefined
  readonly stepMemory: number | undefined
  readonly progress: ProgressKind | undefined
}

/** @param wanted receives the names of the images that were asked for */
async function build(
  context: CommandContext,
  selection: ImageSelection,
  { jobs, noCache, out, foreignIds, unrecorded, strict, progress, ...limits }: BuildManner,
  wanted: Set<string>
): Promise<ImageResult[]> {
  const { buildTree } = await import('../build/build-tree.js')
  const { showProgress } = await import('./progress/show-progress.js')
  const display = showProgress(context, progress ?? 'auto')
  const options = { jobs: jobs ?? defaultJobs(), useCache: !noCache }
  return buildTree({
    ...placesOf(context, out),
    selection,
    strict,
    options: { ...options, ...stepLimits(limits) },
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
      for (const name of plan.wanted) wanted.add(name)
      if (!unrecorded) await checkPlanned(context, plan)
      // Under foreign ids the machine cannot be tried out; the build before this one did.
      if (!foreignIds) await prepare(context, plan)
      display.begin(plan)
    }
  }).finally(() => {
    display.end()
  })
}

async function checkPlanned({ root }: CommandContext, { requests }: Plan): Promise<void> {
  const { checkRecords } = await import('./recorded-digests.js')
  checkRecords(
    root,
    requests.map(({ name }) => name)
  )
}

async function engineOf(context: CommandContext): Promise<Engine> {
  const { findEngine } = await import('../build/import-image.js')
  return findEngine(context.env)
}

async function load(
  engine: Engine,
  results: readonly ImageResult[],
  wanted: ReadonlySet<string>
): Promise<ImportedImage[]> {
  const { importResults } = await import('./build/import-results.js')
  return importResults(engine, results, wanted)
}

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

async function report(
  context: CommandContext,
  results: readonly ImageResult[],
  imported: readonly ImportedImage[],
  unrecorded: boolean
): Promise<0 | 1> {
  const { summaryOf, renderSummary } = await import('./build-summary.js')
  const { digestMismatches } = await import('./recorded-digests.js')
  const mismatches = unrecorded ? [] : digestMismatches(context.root, results)
  printReport(context, summaryOf(results, mismatches, imported), renderSummary)
  const good = results.every(({ outcome: { kind } }) => kind === 'built' || kind === 'cached')
  return good && mismatches.length === 0 ? 0 : 1
}
