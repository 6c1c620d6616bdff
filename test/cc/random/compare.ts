import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inParallel } from '../../../src/base/in-parallel.js'
import { buildCc2, compileByCc2, compileByGcc, outputOf } from '../toolchain.js'
import { fileOfPrograms } from './program.js'

/** Programs in one file: enough that starting a compiler does not count. */
const fileSize = 25

/** A program whose output differs between gcc and cc2. */
export interface Difference {
  readonly seed: number
  readonly byGcc: string
  readonly byCc2: string
}

/**
 * Generates the programs of `count` seeds from `first` on, compiles them by gcc and by cc2, and returns
 * those that do not print the same.
 * @param folder for the sources and executables; what is in it afterwards is the caller's
 * @throws Error where a program does not compile or does not end
 */
export async function findDifferences(
  first: number,
  count: number,
  folder: string
): Promise<readonly Difference[]> {
  const cc2 = buildCc2()
  const seeds = Array.from({ length: count }, (_, index) => first + index)
  const files: (readonly number[])[] = []
  for (let at = 0; at < count; at += fileSize) files.push(seeds.slice(at, at + fileSize))
  const found = await inParallel(files, 2, (file) => compareFile(cc2, file, folder))
  return found.flat()
}

async function compareFile(
  cc2: string,
  seeds: readonly number[],
  folder: string
): Promise<readonly Difference[]> {
  const path = join(folder, `random-${seeds[0] ?? 0}`)
  writeFileSync(`${path}.c`, fileOfPrograms(seeds))
  await compileByGcc(`${path}.c`, `${path}.gcc`)
  await compileByCc2(cc2, `${path}.c`, `${path}.cc2`)
  const byGcc = (await outputOf(`${path}.gcc`)).split('\n')
  const byCc2 = (await outputOf(`${path}.cc2`)).split('\n')
  return seeds
    .map((seed, index) => ({ seed, byGcc: byGcc[index] ?? '', byCc2: byCc2[index] ?? '' }))
    .filter((one) => one.byGcc !== one.byCc2 || one.byGcc === '')
}
