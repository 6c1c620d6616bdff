import { run } from '../base/process.js'
import { byCodeUnit } from '../base/order.js'
import type { DigestTable } from '../tree/digest-file.js'
import { PublishError } from './publish-error.js'

/** The branch on which a release is prepared. */
export function releaseBranch(release: string): string {
  return `release/${release}`
}

/**
 * Begins a release: a branch of its own, from what is committed now.
 * @throws PublishError `publish/git-failed`, `publish/release-exists`
 */
export async function startRelease(root: string, release: string): Promise<void> {
  await refuseChanges(root)
  if (await exists(root, `refs/tags/${release}`)) throw taken(`the tag ${release}`)
  if (await exists(root, `refs/heads/${releaseBranch(release)}`)) {
    throw taken(`the branch ${releaseBranch(release)}`)
  }
  await git(root, 'switch', '--quiet', '--create', releaseBranch(release))
}

/**
 * Refuses to go on where the branch of a release is not the one at hand: a name is given away once and for all, so that
 * it must not go to another branch by a slip.
 * @throws PublishError `publish/other-branch`, `publish/git-failed`
 */
export async function onReleaseBranch(root: string, release: string): Promise<void> {
  const expected = releaseBranch(release)
  const found = (await git(root, 'branch', '--show-current')).trim()
  if (found === expected) return
  throw new PublishError('publish/other-branch', 'this is not the branch of the release', {
    where: root,
    expected,
    found: found === '' ? 'no branch' : found,
    hint: `git switch ${expected}; stagex release start ${release} makes it`,
    kind: 'usage'
  })
}

/**
 * Ends a release: a tag with the notes, on what is committed.
 * @throws PublishError `publish/git-failed`, `publish/release-exists`
 */
export async function tagRelease(root: string, release: string, notes: string): Promise<void> {
  await refuseChanges(root)
  await refuseStrangers(root)
  if (await exists(root, `refs/tags/${release}`)) throw taken(`the tag ${release}`)
  await git(root, 'tag', '--annotate', '--cleanup=verbatim', '--message', notes, release)
}

/** The newest tag of an earlier release that this one comes after, if any. */
export async function earlierRelease(root: string): Promise<string | undefined> {
  const words = ['describe', '--tags', '--abbrev=0', '--match', '20[0-9][0-9].[0-9][0-9].*', 'HEAD']
  const { status, stdout } = await run('git', ['-C', root, ...words])
  return status === 0 ? stdout.trim() : undefined
}

/** First lines of what was committed since a release, newest first. */
export async function commitsSince(root: string, release: string | undefined): Promise<string[]> {
  const range = release === undefined ? 'HEAD' : `${release}..HEAD`
  const log = await git(root, 'log', '--format=%s', '--max-count=500', range, '--')
  return log.split('\n').filter((line) => line !== '')
}

/** A file as it was in a release; empty where it was not there. */
export async function fileInRelease(root: string, release: string, path: string): Promise<string> {
  const { status, stdout } = await run('git', ['-C', root, 'show', `${release}:./${path}`])
  return status === 0 ? stdout : ''
}

/** Images that are new, changed or gone between two tables of digests, by name. */
export function changedImages(before: DigestTable, after: DigestTable): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(byCodeUnit)
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)]
    if (old === now) return []
    if (old === undefined) return [`new: ${name}`]
    return [now === undefined ? `gone: ${name}` : `changed: ${name}`]
  })
}

async function refuseChanges(root: string): Promise<void> {
  const found = await git(root, 'status', '--porcelain', '--untracked-files=no')
  if (found !== '') throw uncommitted(root, found)
}

/** What a quorum was found by has to be in the tag, too, and not only in this folder. */
async function refuseStrangers(root: string): Promise<void> {
  const judged = ['MAINTAINERS', 'digests', 'keys', 'packages', 'release.toml']
  const words = ['status', '--porcelain', '--untracked-files=all', '--', ...judged]
  const found = await git(root, ...words)
  if (found !== '') throw uncommitted(root, found)
}

async function exists(root: string, reference: string): Promise<boolean> {
  const words = ['-C', root, 'rev-parse', '--quiet', '--verify', reference]
  return (await run('git', words)).status === 0
}

async function git(root: string, ...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await run('git', ['-C', root, ...words])
  if (status === 0) return stdout
  throw new PublishError('publish/git-failed', `git ${words[0] ?? ''} did not do it`, {
    where: root,
    found: stderr.trim()
  })
}

function uncommitted(where: string, found: string): PublishError {
  const message = 'there are changes that are not committed'
  const shown = found.trimEnd().split('\n').slice(0, 20).join('\n')
  return new PublishError('publish/git-failed', message, { where, found: shown, kind: 'usage' })
}

function taken(found: string): PublishError {
  return new PublishError('publish/release-exists', 'there is such a release already', {
    found,
    hint: 'a release is never made twice; take the next number',
    kind: 'usage'
  })
}
