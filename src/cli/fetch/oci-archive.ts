import { StagexError } from '../../base/error.js'
import { parseImageName } from '../../containerfile/image-reference.js'
import { Registry } from '../../oci/registry/registry.js'
import type { Repository } from '../../oci/registry/repository.js'
import type { FetchOutcome } from '../../source/fetch-report.js'
import type { Source } from '../../source/source.js'
import type { SourceStore } from '../../source/source-store.js'
import { pushSources } from '../../upkeep/source-archive/push-sources.js'
import { takeSources } from '../../upkeep/source-archive/take-sources.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../context.js'
import { registryOptions } from '../publish/registry-options.js'

/** An archive of sources in a registry. */
interface OciArchive {
  readonly repository: Repository
  readonly tag: string
}

/**
 * Reads `oci:<reference>`.
 * @throws CliError `cli/bad-usage`
 */
export function ociArchive(context: CommandContext, name: string): OciArchive {
  const reference = name.slice('oci:'.length)
  // Without a host, which has a dot, a port or is this machine, it would be one of Docker's registry.
  const hasHost = /^(?:localhost|[^/]*[.:][^/]*)\//.test(reference)
  const parsed = parseImageName(reference)
  const slash = parsed?.repository.indexOf('/') ?? -1
  if (!hasHost || parsed === undefined || parsed.digest !== undefined || slash < 0) {
    throw new CliError('cli/bad-usage', 'this names no archive in a registry', {
      kind: 'usage',
      expected: 'oci:registry/repository[:tag]',
      found: name
    })
  }
  const { repository: full, tag = 'sources' } = parsed
  const registry = new Registry(full.slice(0, slash), registryOptions(context))
  return { repository: registry.repository(full.slice(slash + 1)), tag }
}

/** Adds sources to an archive; gives how many it did not have. */
export async function addToOciArchive(
  context: CommandContext,
  name: string,
  sources: readonly Source[],
  store: SourceStore
): Promise<number> {
  const { repository, tag } = ociArchive(context, name)
  return pushSources(repository, tag, sources, store)
}

/**
 * Takes what the archives have into the store. One that cannot be used is told, and passed over: there are
 * the mirrors still.
 * @returns what was taken: the archive and the size in bytes, by hash
 */
export async function takeFromOciArchives(
  context: CommandContext,
  names: readonly string[],
  sources: readonly Source[],
  store: SourceStore
): Promise<ReadonlyMap<string, { readonly mirror: string; readonly size: number }>> {
  const archives = names.map((name) => ({ name, ...ociArchive(context, name) }))
  const taken = new Map<string, { mirror: string; size: number }>()
  for (const { name, repository, tag } of archives) {
    try {
      const found = await takeSources(repository, tag, sources, store, context.home)
      for (const [hash, size] of found) taken.set(hash, { mirror: name, size })
    } catch (error) {
      if (!(error instanceof StagexError) || context.interruption().aborted) throw error
      context.stderr.write(`${name}: ${error.message} [${String(error.code)}]\n`)
    }
  }
  return taken
}

/** The outcome of a source that was in the store because an archive had it. */
export function withArchive(
  outcome: FetchOutcome,
  taken: Awaited<ReturnType<typeof takeFromOciArchives>>
): FetchOutcome {
  const from = taken.get(outcome.wanted.source.hash)
  return outcome.state !== 'kept' || from === undefined
    ? outcome
    : { ...outcome, ...from, state: 'fetched' }
}
