import { join } from 'node:path'
import type { Chain } from '../rebuild/diverse/agreement.js'
import type { CompilerName } from '../rebuild/diverse/compiler.js'
import type { Recipe } from '../rebuild/diverse/recipe.js'
import type { ChainStart } from '../rebuild/diverse/record.js'
import { buildNamed } from './build-named.js'
import { CliError } from './cli-error.js'
import { type Status, declareCommand } from './command.js'
import type { CommandContext } from './context.js'
import type { CheckReport, DiverseReport } from './ddc/report.js'
import { flag, repeated } from './option.js'
import { printReport } from './report.js'
import { systemClock } from './system-clock.js'
import { defaultJobs } from './default-jobs.js'

/** `stagex ddc` */
export const ddcCommand = declareCommand({
  name: 'ddc',
  group: 'Build',
  summary: 'Start the chain to TinyCC and musl from other compilers, and compare',
  arguments: '[chain]',
  details: `
Diverse double compilation. The one chain there is, tcc, is built from the seed as stagex build does; then the same
scripts run again with gcc, and with clang, in the place of our own C compiler. TinyCC as it compiles itself, and
musl as TinyCC compiles it, must come out the same, byte for byte; where they do not, the first difference is named
and the status is 1. docs/ddc.md says what that shows.

attestations/ddc-tcc.json records the result. --check needs no other compiler: it builds from the seed, and holds
the record against what comes out and against all that went in.`,
  examples: [
    ['ddc tcc', 'from the seed, gcc and clang'],
    ['ddc tcc --from gcc', 'from the seed and gcc'],
    ['ddc tcc --write', 'and record the result'],
    ['ddc tcc --check', 'whether what is recorded still holds']
  ],
  options: {
    from: repeated('--from <compiler>', 'gcc or clang (default: both)'),
    write: flag('--write', 'record the result in attestations/, if all agree'),
    check: flag('--check', 'hold the record against the tree')
  },
  run: async (context, names, { from, write, check }) => {
    refuseUnknown(names)
    refuseTogether({ from, write, check })
    return check ? checkChain(context) : compareStarts(context, await compilersOf(from), write)
  }
})

/** @throws CliError `cli/bad-usage` */
function refuseUnknown(names: readonly string[]): void {
  if (names.length === 0 || (names.length === 1 && names[0] === 'tcc')) return
  throw new CliError('cli/bad-usage', 'which chain is to be compared?', {
    kind: 'usage',
    expected: 'tcc',
    found: names.join(' ')
  })
}

/**
 * A record speaks of all compilers, and checking it starts from none.
 * @throws CliError `cli/bad-usage`
 */
function refuseTogether(given: {
  readonly from: readonly string[]
  readonly write: boolean
  readonly check: boolean
}): void {
  if ([given.from.length > 0, given.write, given.check].filter(Boolean).length <= 1) return
  throw new CliError('cli/bad-usage', '--from, --write and --check do not go together', {
    kind: 'usage',
    hint: 'call stagex ddc twice'
  })
}

/** @throws CliError `cli/bad-usage` */
async function compilersOf(from: readonly string[]): Promise<readonly CompilerName[]> {
  const { compilerNames } = await import('../rebuild/diverse/compiler.js')
  const unknown = from.find((name) => !compilerNames.some((known) => known === name))
  if (unknown !== undefined) {
    throw new CliError('cli/bad-usage', 'not a compiler that a chain can start from', {
      kind: 'usage',
      expected: compilerNames.join(' or '),
      found: unknown
    })
  }
  return compilerNames.filter((name) => from.length === 0 || from.includes(name))
}

async function compareStarts(
  context: CommandContext,
  compilers: readonly CompilerName[],
  write: boolean
): Promise<Status> {
  const { compareChains } = await import('../rebuild/diverse/agreement.js')
  const { inputsOf } = await import('../rebuild/diverse/recipe.js')
  const recipe = await recipeOf(context)
  const seed = await chainFromSeed(context)
  const foreign = await foreignChains(context, recipe, compilers)
  const agreement = compareChains([seed, ...foreign])
  const starts = [
    await seedStart(recipe),
    ...foreign.map((chain) => ({ from: chain.from, version: chain.version }))
  ]
  const report: DiverseReport = { chain: 'tcc', starts, ...agreement }
  const { renderDiverse } = await import('./ddc/report.js')
  printReport(context, report, renderDiverse)
  if (agreement.difference !== undefined) return 1
  if (write) {
    const { recordOf, writeRecord } = await import('../rebuild/diverse/record.js')
    const file = recordFile(context)
    const record = recordOf(agreement.results, starts, inputsOf(recipe))
    writeRecord(file, record, `${file}.${process.pid}`)
    context.stderr.write(`recorded in ${file}\n`)
  }
  return 0
}

async function recipeOf(context: CommandContext): Promise<Recipe> {
  const { loadTree } = await import('../tree/load-tree.js')
  const { findRecipe } = await import('../rebuild/diverse/recipe.js')
  return findRecipe(await loadTree(context.root))
}

async function seedStart(recipe: Recipe): Promise<ChainStart> {
  const { seedDigest } = await import('../rebuild/diverse/recipe.js')
  return { from: 'seed', digest: seedDigest(recipe) }
}

async function chainFromSeed(context: CommandContext): Promise<Chain> {
  const { diverseImages } = await import('../rebuild/diverse/recipe.js')
  const { resultsInImages } = await import('../rebuild/diverse/image-results.js')
  await buildNamed(context, diverseImages)
  return { from: 'seed', files: await resultsInImages(join(context.root, 'out')) }
}

async function foreignChains(
  context: CommandContext,
  recipe: Recipe,
  compilers: readonly CompilerName[]
): Promise<(Chain & { readonly version: string })[]> {
  const { runForeignChains } = await import('../rebuild/diverse/diverse-chains.js')
  const tell = (line: string): void => {
    context.stderr.write(`${line}\n`)
  }
  return runForeignChains(compilers, {
    root: context.root,
    home: context.home,
    env: context.env,
    clock: systemClock,
    signal: context.interruption(),
    onFetch: () => undefined,
    recipe,
    path: context.env['PATH'] ?? '/usr/bin:/bin',
    jobs: defaultJobs(),
    tell
  })
}

/** Where the tree keeps what was seen. */
function recordFile(context: CommandContext): string {
  return join(context.root, 'attestations', 'ddc-tcc.json')
}

async function checkChain(context: CommandContext): Promise<Status> {
  const { readRecord } = await import('../rebuild/diverse/record.js')
  const { checkRecord } = await import('../rebuild/diverse/check-record.js')
  const { inputsOf, seedDigest } = await import('../rebuild/diverse/recipe.js')
  const file = recordFile(context)
  const record = readRecord(file)
  const recipe = await recipeOf(context)
  const { files } = await chainFromSeed(context)
  const seed = seedDigest(recipe)
  const mismatches = checkRecord(record, { seed, inputs: inputsOf(recipe), files })
  const { starts, results } = record
  const report: CheckReport = { chain: 'tcc', record: file, starts, results, mismatches }
  const { renderCheck } = await import('./ddc/report.js')
  printReport(context, report, renderCheck)
  return mismatches.length === 0 ? 0 : 1
}
