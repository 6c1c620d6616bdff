import { join, resolve } from 'node:path'
import { StagexError } from '../../base/error.js'
import { isFolder } from '../../base/is-folder.js'
import { makeFolder } from '../../base/make-folder.js'
import { folderSource } from '../../trust/sources/folder-source.js'
import type { SignatureSource } from '../../trust/sources/signature-source.js'
import { TrustError } from '../../trust/trust-error.js'
import type { CommandContext } from '../context.js'
import { systemClock } from '../system-clock.js'

/** Sources of signatures, and what is to be cleaned up after them. */
export interface OpenedSources {
  readonly sources: readonly SignatureSource[]
  readonly close: () => void
}

/**
 * Opens the places that `--signatures` names, else the tree's own. One that cannot be opened is a place that does not
 * answer: it says so for every image, and takes nothing away from what others have.
 */
export async function openSources(
  context: CommandContext,
  places: readonly string[]
): Promise<OpenedSources> {
  const closers: (() => void)[] = []
  const sources: SignatureSource[] = []
  const close = (): void => {
    for (const each of closers) each()
  }
  try {
    const wanted = places.length > 0 ? places : [join(context.root, 'signatures')]
    for (const place of wanted) {
      sources.push(await openSource(context, place, closers).catch(silentAt(place, context)))
    }
    return { sources, close }
  } catch (error) {
    close()
    throw error
  }
}

async function openSource(
  context: CommandContext,
  place: string,
  closers: (() => void)[]
): Promise<SignatureSource> {
  const signal = context.interruption()
  if (/^https?:\/\//.test(place) && URL.canParse(place)) {
    const { lookasideSource } = await import('../../trust/sources/lookaside-source.js')
    return lookasideSource(new URL(place), { clock: systemClock, environment: context.env, signal })
  }
  const { fetchSignatures, parseGitPlace } = await import('../../trust/sources/git-source.js')
  const from = parseGitPlace(place)
  if (from === undefined) return folderSource(existingFolder(context, place), place)
  makeFolder(context.home)
  const { source, close } = await fetchSignatures(from, context.home, signal)
  closers.push(close)
  return source
}

/** @throws TrustError `signatures/no-folder` where a place was named that is not there */
function existingFolder({ root, cwd }: CommandContext, place: string): string {
  const folder = resolve(cwd, place)
  // A tree that nobody has signed yet has no such folder.
  if (folder === join(root, 'signatures')) return folder
  if (isFolder(folder)) return folder
  throw new TrustError('signatures/no-folder', 'there is no such folder', { where: folder })
}

/** A source that answers every question with the error for which it could not be opened. */
function silentAt(name: string, context: CommandContext): (error: unknown) => SignatureSource {
  return (error) => {
    // After Ctrl-C nothing goes on with what other places have.
    if (!(error instanceof StagexError) || context.interruption().aborted) throw error
    return { name, read: () => Promise.reject(error as StagexError) }
  }
}
