import { checkTree } from '../../../src/audit/lint/check-tree.js'
import type { Finding } from '../../../src/audit/lint/finding.js'
import type { Example, Rule } from '../../../src/audit/lint/rule.js'
import { rules as allRules } from '../../../src/audit/lint/rules.js'
import { loadTree } from '../../../src/tree/load-tree.js'
import { treeFolder, type TreeFiles } from '../../tree/tree-fixture.js'

/** What the rules find in a tree with these files below `packages/`. */
export async function lintTree(
  files: TreeFiles,
  rules: readonly Rule[] = allRules
): Promise<Finding[]> {
  return checkTree(await loadTree(treeFolder(files)), { rules })
}

/** What the rules find in a package `user-data` that has these files. */
export function lintPackage(
  example: Example,
  rules: readonly Rule[] = allRules
): Promise<Finding[]> {
  return lintTree(exampleFiles(example), rules)
}

/** Rules by name. */
export function named(...names: readonly string[]): Rule[] {
  return allRules.filter(({ name }) => names.includes(name))
}

function exampleFiles(example: Example): TreeFiles {
  return {
    'user/data/package.toml': example['package.toml'] ?? '[package]\nname = "data"\n',
    'user/data/Containerfile': example.Containerfile ?? 'FROM scratch AS package\nCOPY fetch /\n'
  }
}
