import { type Digest, parseDigest } from '../../oci/digest.js'
import { type LockedImage, lockKey, type LockTable } from '../../trust/lock/lock-file.js'
import type { FoundReference } from '../../trust/lock/locked-references.js'
import type { Demand } from '../../trust/quorum/judge.js'
import type { VerifiedImage } from '../../trust/quorum/verify-images.js'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../context.js'

/** What one tag of one repository means. */
export interface Meaning {
  /** Its key in the lock file. */
  readonly key: string
  readonly repository: string
  readonly digest: Digest
  /** The manifests of single platforms that the digest leads to: what people sign. */
  readonly manifests: readonly Digest[]
  /** The index that says so, where the digest is an index's. */
  readonly index?: string | undefined
}

/**
 * What the references mean, each tag once, so that it cannot mean two things in one run: the digest that is
 * written in a file, else the one that is locked, else what the registry says.
 * @param update ask the registry in any case
 * @throws CliError `cli/bad-usage` where one tag is pinned to two digests; RegistryError, HttpError, OciError
 */
export async function meaningsOf(
  context: CommandContext,
  references: readonly FoundReference[],
  known: LockTable,
  update: boolean
): Promise<Map<string, Meaning>> {
  const { resolveManifests } = await import('../trust/resolve-manifests.js')
  const meanings = new Map<string, Meaning>()
  for (const { name } of references) {
    const key = lockKey(name)
    const locked = update ? undefined : known.get(key)
    const written = name.digest === undefined ? undefined : parseDigest(name.digest, key)
    const kept = update ? undefined : (written ?? locked?.digest)
    const before = meanings.get(key)
    if (before !== undefined && kept !== undefined && before.digest !== kept) {
      throw twoDigests(key, [before.digest, kept])
    }
    if (before !== undefined) continue
    const { repository, tag = 'latest' } = name
    const { digest, manifests, index } =
      locked !== undefined && locked.digest === kept
        ? locked
        : await resolveManifests(context, repository, kept ?? tag)
    meanings.set(key, { key, repository, digest, manifests, index })
  }
  return meanings
}

/** What the references mean by the lock file alone; those that are not written as it says mean nothing. */
export function lockedMeanings(
  references: readonly FoundReference[],
  known: LockTable
): Map<string, Meaning> {
  const meanings = references.flatMap(({ name }) => {
    const key = lockKey(name)
    const locked = known.get(key)
    if (locked === undefined || locked.digest !== name.digest) return []
    const { digest, manifests, index } = locked
    return [[key, { key, repository: name.repository, digest, manifests, index }] as const]
  })
  return new Map(meanings)
}

/** What meanings are held against. */
export interface Demanded {
  readonly demand: Demand
  readonly registries: readonly string[]
  readonly signatures: readonly string[]
}

/** An image of one platform, and whose meaning it is. */
export interface VerifiedMeaning {
  readonly key: string
  readonly image: VerifiedImage
}

/** Verifies every manifest of every meaning. */
export async function verifyMeanings(
  context: CommandContext,
  meanings: ReadonlyMap<string, Meaning>,
  { demand, registries, signatures }: Demanded
): Promise<VerifiedMeaning[]> {
  const { subjectOfRepository } = await import('../../trust/payload/subject.js')
  const { loadTrusted } = await import('../../trust/quorum/load-trusted.js')
  const { verifyImages } = await import('../../trust/quorum/verify-images.js')
  const { openSources } = await import('../trust/signature-sources.js')
  const wanted = [...meanings.values()].flatMap(({ key, repository, manifests }) => {
    return manifests.map((digest) => ({
      key,
      subject: subjectOfRepository(repository, digest, registries)
    }))
  })
  const trusted = loadTrusted(context.root, Math.floor(context.now() / 1000))
  const { sources, close } = await openSources(context, signatures)
  const subjects = wanted.map(({ subject }) => subject)
  const images = await verifyImages(subjects, { trusted, demand, sources, jobs: 4 }).finally(close)
  return images.flatMap((image, index) => {
    const key = wanted[index]?.key
    return key === undefined ? [] : [{ key, image }]
  })
}

/** The table with what was verified; what is locked as it is stays, so that nothing changes without a need. */
export function lockedTable(
  known: LockTable,
  meanings: ReadonlyMap<string, Meaning>,
  verified: readonly VerifiedMeaning[]
): LockTable {
  const table = new Map<string, LockedImage>(known)
  for (const { key, digest, manifests, index } of meanings.values()) {
    if (table.get(key)?.digest === digest) continue
    const signers = verified.filter((each) => each.key === key).map(({ image }) => image.people)
    const [first = [], ...others] = signers
    const people = first.filter((person) => others.every((each) => each.includes(person)))
    table.set(key, { digest, manifests, index, people })
  }
  return table
}

function twoDigests(key: string, digests: readonly Digest[]): CliError {
  return new CliError('cli/bad-usage', 'one tag is pinned to two digests', {
    kind: 'usage',
    where: key,
    found: digests.join(' '),
    hint: 'make them one, or ask again what it means: --update'
  })
}
