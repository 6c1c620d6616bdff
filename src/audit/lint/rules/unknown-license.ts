import { LICENSE_CODES, problemsWith } from '../loading-problems.js'
import type { TreeRule } from '../rule.js'

/** A licence that SPDX does not know. */
export const unknownLicense: TreeRule = {
  name: 'unknown-license',
  on: 'tree',
  level: 'warning',
  summary: 'A licence that is no SPDX expression',
  reason: `
Programs that collect licences compare identifiers, so that a name of one's own is the same to them as no licence. Use
the identifiers of the SPDX licence list with AND, OR and WITH; what is not on the list is a \`LicenseRef-…\`.`,
  bad: { 'package.toml': '[package]\nname = "data"\nlicense = "GPL v2"\n' },
  good: { 'package.toml': '[package]\nname = "data"\nlicense = "GPL-2.0-only"\n' },
  check: (subject) => problemsWith(subject, (code) => LICENSE_CODES.some((each) => each === code))
}
