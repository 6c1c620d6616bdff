import { run } from '../base/process.js'
import { TreeError } from './tree-error.js'

/**
 * The packages with files that differ between a git revision and the work tree, as `<stage>-<name>`: what
 * was committed since, what is not committed, what git does not know yet, and what is gone.
 * @param revision anything that names a commit for git; text that it would take for an option is none
 * @throws TreeError `tree/no-history`, `tree/unknown-revision`
 */
export async function changedPackages(root: string, revision: string): Promise<Set<string>> {
  await requireHistory(root)
  const commit = await commitOf(root, revision)
  const differing = ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--relative', '-z']
  const unknown = ['ls-files', '--others', '--exclude-standard', '-z']
  const lists = [
    await git(root, [...differing, commit, '--', 'packages']),
    await git(root, [...unknown, '--', 'packages'])
  ]
  return new Set(lists.flatMap(({ stdout }) => stdout.split('\0').flatMap(packageOf)))
}

/** Branches and tags that a revision can be named by; none where there is no history. */
export async function revisionNames(root: string): Promise<string[]> {
  const words = ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes']
  const { status, stdout } = await git(root, [...words, 'refs/tags'])
  return status === 0 ? stdout.split('\n').filter((name) => name !== '') : []
}

function packageOf(path: string): string[] {
  const [, stage, name, file] = path.split('/')
  return stage === undefined || name === undefined || file === undefined ? [] : [`${stage}-${name}`]
}

async function requireHistory(root: string): Promise<void> {
  const { status, stderr } = await git(root, ['rev-parse', '--is-inside-work-tree'])
  if (status === 0) return
  throw new TreeError('tree/no-history', 'this tree has no history to compare with', {
    where: root,
    expected: 'a git work tree',
    found: firstLine(stderr)
  })
}

async function commitOf(root: string, revision: string): Promise<string> {
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const { status, stdout } = await git(root, words)
  if (status === 0 && /^[0-9a-f]{40,64}$/.test(stdout.trimEnd())) return stdout.trimEnd()
  throw new TreeError('tree/unknown-revision', 'git knows no such revision here', {
    where: root,
    expected: 'a commit, branch or tag',
    found: revision.slice(0, 200)
  })
}

interface GitAnswer {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A watcher that the repository's settings name would be started by looking at it; nothing of it is needed. */
async function git(root: string, words: readonly string[]): Promise<GitAnswer> {
  try {
    return await run('git', ['-C', root, '-c', 'core.fsmonitor=false', ...words])
  } catch (cause) {
    throw new TreeError('tree/no-history', 'git could not be started', {
      expected: 'the program git',
      cause
    })
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
