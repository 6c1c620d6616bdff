import { resolve } from 'node:path'
import { CliError } from './cli-error.js'
import { declareCommand, type Status } from './command.js'
import type { CommandContext } from './context.js'
import type { Containerfile, Pin } from './lock/containerfiles.js'
import type { Meaning } from './lock/meanings.js'
import { flag, text, wholeNumber } from './option.js'
import { printReport } from './report.js'
import { signaturesOption } from './trust/signatures-option.js'

/** `stagex lock` */
export const lockCommand = declareCommand({
  name: 'lock',
  group: 'Trust',
  summary: 'Pin the images that your Containerfiles name to digests that enough people signed',
  arguments: '[containerfile...]',
  details: `
Writes a digest behind each reference to an image of the tree's registries, in FROM, in COPY --from and in mounts, once the
image it names has its quorum, and what the tags meant and who had signed to stagex.lock. What has a digest, or is locked,
keeps it, and has to have its quorum still; with --update, its tag is asked again. Where one image has no quorum, no file
is changed, and the status is 3. --check changes nothing and asks no registry; its status is 1 where something is not
written as the lock file says.`,
  examples: [
    ['lock', 'the Containerfile of this folder'],
    ['lock --update --dry-run app/Containerfile', 'what newer images would change'],
    ['lock --check', 'whether all is locked, and still signed, without a registry']
  ],
  options: {
    update: flag('--update', 'ask again what the tags name'),
    check: flag('--check', 'only say whether all is locked, and still signed'),
    dryRun: flag('--dry-run', 'only show what would change'),
    lockFile: text('--lock-file <file>', 'the lock file (default: stagex.lock)'),
    threshold: wholeNumber(
      '--threshold <n>',
      'people who must have signed (default: release.toml’s, 2)'
    ),
    signatures: signaturesOption
  },
  run: async (context, names, { lockFile = 'stagex.lock', ...wishes }) => {
    if (wishes.check && (wishes.update || wishes.dryRun)) {
      throw new CliError('cli/bad-usage', '--check changes nothing', {
        kind: 'usage',
        found: '--check with --update or --dry-run'
      })
    }
    const { releaseSettings } = await import('../publish/release-settings.js')
    const { scopesOf } = await import('../trust/payload/subject.js')
    const { readContainerfile } = await import('./lock/containerfiles.js')
    const scopes = scopesOf(releaseSettings(context.root).registries)
    const files = (names.length > 0 ? names : ['Containerfile']).map((name) => {
      return readContainerfile(resolve(context.cwd, name), scopes)
    })
    if (files.every(({ references }) => references.length === 0)) throw nothing(scopes)
    return lock(context, files, { ...wishes, path: resolve(context.cwd, lockFile) })
  }
})

/** What the command line says. */
interface LockWishes {
  readonly update: boolean
  readonly check: boolean
  readonly dryRun: boolean
  readonly threshold: number | undefined
  readonly signatures: readonly string[]
  /** The lock file. */
  readonly path: string
}

async function lock(
  context: CommandContext,
  files: readonly Containerfile[],
  { update, check, dryRun, threshold, signatures, path }: LockWishes
): Promise<Status> {
  const { releaseSettings } = await import('../publish/release-settings.js')
  const { readLockFile, writeLockTable } = await import('../trust/lock/lock-file.js')
  const { writePins } = await import('./lock/containerfiles.js')
  const { changesIn, renderLock } = await import('./lock/lock-report.js')
  const { lockedMeanings, lockedTable, meaningsOf, verifyMeanings } =
    await import('./lock/meanings.js')
  const { verifyReport } = await import('./trust/verify-report.js')
  const { registries, ...settings } = releaseSettings(context.root)
  const known = readLockFile(path)
  const references = files.flatMap((file) => file.references)
  const meanings = check
    ? lockedMeanings(references, known)
    : await meaningsOf(context, references, known, update)
  const demand = { threshold: threshold ?? settings.threshold, vendors: 0 }
  const verified = await verifyMeanings(context, meanings, { demand, registries, signatures })
  const images = verified.map(({ image }) => image)
  const pins = await pinsOf(files, meanings)
  const changes = changesIn(pins)
  const before = writeLockTable(known)
  const after = check ? before : writeLockTable(lockedTable(known, meanings, verified))
  const verification = verifyReport(images, demand.threshold, demand.vendors)
  if (verification.met && !check && !dryRun) {
    writePins(files, pins)
    if (after !== before) await replaceLock(path, after)
  }
  const report = { ...verification, changes, lockChanges: after !== before }
  printReport(context, report, renderLock)
  // Where nothing is locked, nothing was refused either; it is not good all the same.
  if (!verification.met && images.length > 0) return 3
  return (check && changes.length > 0) || images.length === 0 ? 1 : 0
}

async function pinsOf(
  files: readonly Containerfile[],
  meanings: ReadonlyMap<string, Meaning>
): Promise<Pin[]> {
  const { lockKey } = await import('../trust/lock/lock-file.js')
  return files.flatMap(({ path, references }) => {
    return references.map((reference) => {
      const digest = meanings.get(lockKey(reference.name))?.digest
      if (digest === undefined) return { path, reference }
      return { path, reference, by: `${reference.text.replace(/@.*$/, '')}@${digest}` }
    })
  })
}

async function replaceLock(path: string, text: string): Promise<void> {
  const { replaceFile } = await import('../base/write-file.js')
  replaceFile(path, text, `${path}.${process.pid}`)
}

function nothing(scopes: readonly string[]): CliError {
  return new CliError('cli/bad-usage', 'there is nothing to pin', {
    kind: 'usage',
    expected: `images of ${scopes.join(' or ')}`
  })
}
