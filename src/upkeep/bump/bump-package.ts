import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { inParallel } from '../../base/in-parallel.js'
import { replaceFile } from '../../base/write-file.js'
import type { TransferOptions } from '../../source/fetch-options.js'
import { type LearnedSource, learnSource } from '../../source/learn-source.js'
import { placeSource } from '../../source/place-source.js'
import type { Source } from '../../source/source.js'
import type { SourceStore } from '../../source/source-store.js'
import { DEFAULT_JOBS, Transfer } from '../../source/transfer.js'
import { type DefinitionEdit, editDefinition } from './edit-definition.js'
import type { BumpPlan, PackageChange } from './plan-bump.js'

/** A source of the new version, as its mirrors serve it. */
export interface NewSource {
  /** `<stage>-<name>` */
  readonly package: string
  readonly source: Source
  readonly learned: LearnedSource
}

/** What was changed. */
export interface Bumped {
  /** Paths of the package.toml files that were written, below the tree's root. */
  readonly files: readonly string[]
  readonly sources: readonly NewSource[]
}

/**
 * Brings packages to another version: fetches their sources, and when all of them are here writes version
 * and hashes into the package.toml files and the sources into `fetch/`.
 * @throws SourceError where a source cannot be had; nothing is changed then
 */
export async function bumpPackage(
  root: string,
  plan: BumpPlan,
  store: SourceStore,
  options: TransferOptions
): Promise<Bumped> {
  const transfer = new Transfer(options)
  const wanted = plan.changes.flatMap((change) =>
    change.sources.map((source) => ({ package: change.package, source }))
  )
  const jobs = options.jobs ?? DEFAULT_JOBS
  const fetched = await inParallel(wanted, jobs, async ({ package: owner, source }) => {
    const learned = await learnSource(source.mirrors, store, transfer)
    return { package: owner.fullName, owner, source, learned }
  })
  const files = plan.changes.flatMap((change) => {
    const own = fetched.filter(({ owner }) => owner === change.package)
    return writeChange(root, plan, change, own)
  })
  for (const { owner, source, learned } of fetched) {
    const directory = join(root, 'fetch', owner.stage, owner.name)
    await placeSource(learned.path, { source: { ...source, hash: learned.hash }, directory })
  }
  const sources = fetched.map(({ package: name, source, learned }) => {
    return { package: name, source, learned }
  })
  return { files, sources }
}

function writeChange(
  root: string,
  plan: BumpPlan,
  { package: each, text }: PackageChange,
  sources: readonly NewSource[]
): string[] {
  const edits: DefinitionEdit[] = sources.map(({ source, learned }) => {
    return { path: ['sources', source.key, 'hash'], value: learned.hash }
  })
  if (each === plan.package) edits.push({ path: ['package', 'version'], value: plan.to })
  if (edits.length === 0) return []
  const file = join('packages', each.stage, each.name, 'package.toml')
  // A link stays one, and leads to the changed file.
  const path = realpathSync(join(root, file))
  replaceFile(path, editDefinition(text, edits), `${path}.${process.pid}.partial`)
  return [file]
}
