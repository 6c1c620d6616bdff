import { chmodSync, chownSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../base/process.js'
import { readLayout } from '../oci/layout-reader.js'
import { hexOf } from '../oci/digest.js'
import { foreignId } from '../build/namespace/id-ranges.js'
import { prepareStoreFor } from '../build/store/foreign-store.js'
import { removeFolder } from '../build/remove-folder.js'
import { type Comparison, compareImages } from './comparison.js'
import { RebuildError } from './rebuild-error.js'
import type { VariedSurroundings } from './variation.js'

/** An image that was built, to be built again. */
export interface FirstBuild {
  readonly image: string
  /** Where its layout lies. */
  readonly layout: string
  /** What `digests/` says of it, 64 hexadecimal digits; undefined where it says nothing. */
  readonly recorded: string | undefined
}

/** What building an image again showed. */
export interface Reproduction {
  readonly image: string
  readonly digest: string
  readonly comparison: Comparison
  /** Whether `digests/` names the same digest; undefined where it names none. */
  readonly matchesRecord: boolean | undefined
  readonly recorded: string | undefined
}

/** What a second build needs to know. */
export interface SecondBuild {
  /** The stagex program to start. */
  readonly program: string
  readonly root: string
  readonly surroundings: VariedSurroundings
  readonly signal: AbortSignal
  readonly onOutput: (piece: Buffer) => void
}

/**
 * Builds images again from nothing, in a new store and in other surroundings, and compares.
 * @throws RebuildError `rebuild/second-build-failed`
 */
export async function reproduceImages(
  first: readonly FirstBuild[],
  second: SecondBuild
): Promise<Reproduction[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-reproduce-'))
  try {
    const out = await buildAgain(folder, first, second)
    const results: Reproduction[] = []
    for (const build of first) results.push(await compared(build, join(out, build.image)))
    return results
  } finally {
    // Files of the second store belong to ids that only a user namespace may remove them with.
    await removeFolder(folder)
  }
}

async function buildAgain(
  folder: string,
  first: readonly FirstBuild[],
  second: SecondBuild
): Promise<string> {
  const { surroundings } = second
  const out = join(folder, 'out')
  const home = join(folder, 'home')
  prepareStoreFor(home, surroundings.foreignIds ? foreignId : undefined)
  if (surroundings.foreignIds) {
    chownSync(folder, foreignId, foreignId)
    chmodSync(folder, 0o700)
  }
  const options = ['--home', home, '--root', second.root, 'build', '--unrecorded', '--out', out]
  const jobs = ['--jobs', String(surroundings.jobs), '--progress', 'plain']
  const identity = surroundings.foreignIds ? ['--foreign-ids'] : []
  const names = first.map(({ image }) => image)
  const script = `umask ${surroundings.umask} && exec "$@"`
  const finished = await run(
    'sh',
    ['-c', script, 'sh', second.program, ...options, ...jobs, ...identity, ...names],
    {
      cwd: surroundings.cwd,
      env: { ...surroundings.env, HOME: folder },
      signal: second.signal,
      onOutput: second.onOutput
    }
  )
  if (finished.status === 0) return out
  throw new RebuildError('rebuild/second-build-failed', 'the second build failed', {
    where: names.join(' '),
    expected: 'status 0',
    found: `status ${finished.status}\n${finished.stderr.slice(-4000)}`
  })
}

async function compared(build: FirstBuild, layout: string): Promise<Reproduction> {
  const [expected] = (await readLayout(build.layout)).images
  const [found] = (await readLayout(layout)).images
  if (expected === undefined || found === undefined) {
    throw new RebuildError('rebuild/no-image', 'a layout holds no image', { where: layout })
  }
  const digest = hexOf(found.descriptor.digest)
  const { image, recorded } = build
  return {
    image,
    digest,
    comparison: await compareImages(expected, found),
    matchesRecord: recorded === undefined ? undefined : recorded === digest,
    recorded
  }
}
