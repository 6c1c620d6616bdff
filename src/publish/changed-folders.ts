import { join } from 'node:path'
import { run } from '../base/process.js'

/**
 * The files of `packages/` that differ from what was committed, as absolute paths; none where the tree is no
 * git work tree, or git is not there.
 */
export async function changedFiles(root: string): Promise<string[]> {
  const words = ['-C', root, 'status', '--porcelain', '-z', '--no-renames', '--', 'packages']
  const { status, stdout } = await run('git', words).catch(() => ({ status: 1, stdout: '' }))
  if (status !== 0) return []
  const { stdout: top } = await run('git', ['-C', root, 'rev-parse', '--show-toplevel'])
  const lines = stdout.split('\0').filter((line) => line !== '')
  return lines.map((line) => join(top.trimEnd(), line.slice(3)))
}
