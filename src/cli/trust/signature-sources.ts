import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { folderSource } from '../../trust/sources/folder-source.js'
import type { SignatureSource } from '../../trust/sources/signature-source.js'
import type { CommandContext } from '../context.js'
import { systemClock } from '../system-clock.js'

/** Sources of signatures, and what is to be cleaned up after them. */
export interface OpenedSources {
  readonly sources: readonly SignatureSource[]
  readonly close: () => void
}

/**
 * Opens the places that `--signatures` names, else the tree's own.
 * @throws TrustError `signatures/git-failed`
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
    for (const place of wanted) sources.push(await openSource(context, place, closers))
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
  if (from === undefined) return folderSource(resolve(context.cwd, place), place)
  mkdirSync(context.home, { recursive: true })
  const { source, close } = await fetchSignatures(from, context.home, signal)
  closers.push(close)
  return source
}
