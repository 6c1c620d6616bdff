import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inParallel } from '../../base/in-parallel.js'
import { type FetchNeeds, fetchChainSources } from './chain-sources.js'
import type { Chain } from './agreement.js'
import { type CompilerName, type ForeignCompiler, findCompiler } from './compiler.js'
import type { Recipe } from './recipe.js'
import { replayChain } from './replay.js'

/** What chains that start from compilers of this machine need. */
export interface DiverseChains extends FetchNeeds {
  readonly recipe: Recipe
  /** Where the machine's programs are found. */
  readonly path: string
  /** How many chains run at the same time. */
  readonly jobs: number
  readonly tell: (line: string) => void
}

/** A chain and the compiler that it started from. */
export interface ForeignChain extends Chain {
  readonly version: string
}

/**
 * Goes the way from C to musl from each of the compilers, in temporary folders that are removed afterwards.
 * @throws DiverseError `diverse/no-compiler` before anything is begun, `diverse/step-failed`; SourceError
 */
export async function runForeignChains(
  names: readonly CompilerName[],
  needs: DiverseChains
): Promise<ForeignChain[]> {
  const { path, signal } = needs
  const compilers: ForeignCompiler[] = []
  for (const name of names)
    compilers.push(await findCompiler(name, { env: { PATH: path }, signal }))
  const sources = await fetchChainSources(needs.recipe, needs)
  const place = mkdtempSync(join(tmpdir(), 'stagex-ddc-'))
  try {
    return await inParallel(compilers, needs.jobs, async (compiler) => {
      const { program, version } = compiler
      const folder = join(place, program)
      mkdirSync(folder)
      const tell = (line: string): void => {
        needs.tell(`from ${program}: ${line}`)
      }
      const { recipe } = needs
      const files = await replayChain({ compiler, recipe, folder, path, sources, signal, tell })
      return { from: program, version, files }
    })
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
