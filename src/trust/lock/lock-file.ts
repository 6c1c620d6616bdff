import { parse } from 'smol-toml'
import * as z from 'zod'
import { byCodeUnit } from '../../base/order.js'
import { readIfThere } from '../../base/read-if-there.js'
import type { ImageName } from '../../containerfile/image-reference.js'
import { type Digest, isDigest, sha256 } from '../../oci/digest.js'
import { parseIndex } from '../../oci/parse-document.js'
import { TrustError } from '../trust-error.js'

/** What a reference with a tag meant when it was locked. */
export interface LockedImage {
  readonly digest: Digest
  /** Of single platforms: the digest itself, or all that the index of that digest lists. People sign these. */
  readonly manifests: readonly Digest[]
  /** The index of that digest, as the registry gave it; without it, the digest is the one manifest's own. */
  readonly index?: string | undefined
  /** Who had signed each of them. */
  readonly people: readonly string[]
}

/** Locked images by `<registry>/<repository>:<tag>`. */
export type LockTable = ReadonlyMap<string, LockedImage>

const digest = z.string().refine(isDigest)

const schema = z.strictObject({
  images: z
    .record(
      z.string().min(1).max(1000),
      z
        .strictObject({
          digest,
          manifests: z.array(digest).min(1).max(100),
          index: z.string().optional(),
          people: z.array(z.string().min(1).max(64)).max(1000)
        })
        .refine(leadsToManifests, 'its digest does not lead to its manifests')
    )
    .default({})
})

/**
 * Whether what builders pull, the digest, leads to what people signed, the manifests. Whoever can edit the file could
 * otherwise put the signed manifests of one image behind the digest of another.
 */
function leadsToManifests({ digest: of, manifests, index }: Omit<LockedImage, 'people'>): boolean {
  if (index === undefined) return manifests.length === 1 && manifests[0] === of
  if (sha256(index) !== of) return false
  const listed = parseIndex(index, of).manifests.map((each) => each.digest)
  return listed.join() === manifests.join()
}

/** The key of a reference in a lock file; its digest is no part of it. */
export function lockKey({ repository, tag = 'latest' }: ImageName): string {
  return `${repository}:${tag}`
}

/**
 * Reads a lock file; where there is none, nothing is locked.
 * @throws TrustError `lock/unreadable`
 */
export function readLockFile(file: string): LockTable {
  try {
    const text = readIfThere(file)
    if (text === undefined) return new Map()
    const { images } = schema.parse(parse(text, { maxDepth: 8 }))
    return new Map(Object.entries(images))
  } catch (error) {
    throw new TrustError('lock/unreadable', 'the lock file cannot be relied on', {
      where: file,
      found: reasonOf(error),
      hint: 'take it from your version control, or remove it and lock again'
    })
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return String(error).split('\n')[0] ?? ''
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}

/** The text of a lock file; equal tables are equal texts. */
export function writeLockTable(table: LockTable): string {
  const keys = [...table.keys()].sort(byCodeUnit)
  const sections = keys.map((key) => {
    const locked: Partial<LockedImage> = table.get(key) ?? {}
    const { digest: of, manifests = [], index, people = [] } = locked
    const lines = [
      `[images.${JSON.stringify(key)}]`,
      `digest = ${JSON.stringify(of)}`,
      `manifests = ${listOf(manifests)}`,
      ...(index === undefined ? [] : [`index = ${JSON.stringify(index)}`]),
      `people = ${listOf([...people].sort(byCodeUnit))}`
    ]
    return `\n${lines.map((line) => `${line}\n`).join('')}`
  })
  return `# Written by stagex lock: which images enough people had signed.\n${sections.join('')}`
}

/** As TOML writes texts of plain characters. */
function listOf(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`
}
