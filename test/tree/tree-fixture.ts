import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { formatProblem } from '../../src/tree/problem.js'
import type { Tree } from '../../src/tree/tree.js'

/** Files of a tree by their path below `packages/`. */
export type TreeFiles = Readonly<Record<string, string | Uint8Array>>

/**
 * A folder with these files below `packages/`. It goes away with the running test, or with what another
 * clean-up hook belongs to.
 */
export function treeFolder(
  files: TreeFiles,
  cleanUp: (remove: () => void) => void = onTestFinished
): string {
  const root = mkdtempSync(join(tmpdir(), 'stagex-tree-'))
  cleanUp(() => {
    rmSync(root, { recursive: true, force: true })
  })
  mkdirSync(join(root, 'packages'))
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, 'packages', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return root
}

/** The two files of a package whose image is empty. */
export function packageFiles(stage: string, name: string, more = ''): TreeFiles {
  return {
    [`${stage}/${name}/package.toml`]: `[package]\nname = "${name}"\n${more}`,
    [`${stage}/${name}/Containerfile`]: 'FROM scratch\n'
  }
}

/** Problems as people read them, in order. */
export function problemLines(tree: Tree): string[] {
  return tree.problems.map(formatProblem)
}

export const HASH = '0123456789abcdef'.repeat(4)
