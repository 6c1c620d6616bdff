import { problemsWith, VERSION_CODES } from '../loading-problems.js'
import type { TreeRule } from '../rule.js'

/** A `version_from` at whose end there is no version. */
export const versionFromNowhere: TreeRule = {
  name: 'version-from-nowhere',
  on: 'tree',
  level: 'error',
  summary: 'A version_from that leads to no version',
  reason: `
\`version_from\` takes the version of another package, which may take it from yet another. At the end there must be one
with a \`version\`: not a package that is missing or broken, not one without a version, and not the package itself.`,
  bad: { 'package.toml': '[package]\nname = "data"\nversion_from = "core-nothing"\n' },
  good: { 'package.toml': '[package]\nname = "data"\nversion = "1.2.3"\n' },
  check: (subject) => problemsWith(subject, (code) => VERSION_CODES.some((each) => each === code))
}
