import { listFolder } from '../../source/listing/folder-listing.js'
import { gitTags } from '../../source/listing/git-tags.js'
import type { Transfer } from '../../source/transfer.js'
import type { MirrorLayout } from './mirror-layout.js'
import { compareVersions } from './version-order.js'
import {
  type NamedVersion,
  isWhole,
  partOf,
  versionPattern,
  versionsIn
} from './version-pattern.js'

/** Of folders such as `1.2/`, `1.3/`, so many of the newest are looked into. */
const newestFolders = 2

/**
 * The versions that a mirror offers, and where it said so; none where its names cannot be read.
 * @param current folders of older versions than this are passed over
 * @throws SourceError `source/no-listing`, `source/cancelled`
 */
export async function offeredVersions(
  layout: MirrorLayout,
  current: string,
  transfer: Transfer
): Promise<{ readonly versions: readonly string[]; readonly where: string }> {
  if (layout.kind === 'tags') {
    const pattern = versionPattern(layout.tag)
    const tags = pattern === undefined ? [] : await gitTags(layout.repository, transfer)
    const versions = pattern === undefined ? [] : versionsIn(pattern, tags)
    return { versions: versions.map(({ version }) => version), where: layout.repository }
  }
  const versions = await inFolders(layout.base, layout.segments, current, transfer)
  const fixed = layout.segments.findIndex((segment) => segment.includes('{'))
  return { versions, where: `${layout.base}${layout.segments.slice(0, fixed).join('/')}` }
}

async function inFolders(
  base: string,
  segments: readonly string[],
  current: string,
  transfer: Transfer
): Promise<string[]> {
  const at = segments.findIndex((segment) => segment.includes('{'))
  const pattern = versionPattern(segments[at] ?? '')
  if (pattern === undefined) return []
  const above = segments.slice(0, at)
  const folder = `${base}${above.map((segment) => `${segment}/`).join('')}`
  const found = versionsIn(pattern, await listFolder(folder, transfer))
  if (isWhole(pattern)) return found.map(({ version }) => version)
  const least = partOf(pattern, current)
  const versions: string[] = []
  for (const { name } of newest(found, least)) {
    versions.push(
      ...(await inFolders(`${folder}${name}/`, segments.slice(at + 1), current, transfer))
    )
  }
  return versions
}

function newest(found: readonly NamedVersion[], least: string): NamedVersion[] {
  return found
    .filter(({ version }) => compareVersions(version, least) >= 0)
    .sort((a, b) => compareVersions(b.version, a.version))
    .slice(0, newestFolders)
}
