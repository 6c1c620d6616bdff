import { isOther, problemsWith } from '../loading-problems.js'
import type { TreeRule } from '../rule.js'

/** Whatever else is wrong with a package's files. */
export const brokenPackage: TreeRule = {
  name: 'broken-package',
  on: 'tree',
  level: 'error',
  summary: 'A package.toml or Containerfile that cannot be read as one',
  reason: `
Syntax errors, unknown and missing keys, values that cannot be, files that are not there: all that loading the tree
tells, in one place. docs/package-toml.md and docs/containerfile.md say what is right.`,
  bad: { 'package.toml': '[package]\nname = "data"\nversoin = "1.2.3"\n' },
  good: { 'package.toml': '[package]\nname = "data"\nversion = "1.2.3"\n' },
  check: (subject) => problemsWith(subject, isOther)
}
