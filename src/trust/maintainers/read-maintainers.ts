import { join } from 'node:path'
import type { Finding } from '../../tree/finding.js'
import { locateFindings } from '../../tree/locate-findings.js'
import { parseToml } from '../../tree/parse-toml.js'
import { formatProblem, type Problem } from '../../tree/problem.js'
import { readText } from '../../tree/read-text.js'
import { TrustError } from '../trust-error.js'
import { checkMaintainersDocument } from './check-document.js'
import type { Maintainers } from './maintainers.js'

/** What a MAINTAINERS says, where nothing is wrong with it, and everything that is. */
export interface LoadedMaintainers {
  readonly maintainers?: Maintainers
  readonly problems: readonly Problem[]
}

/** Parses and checks the text of a MAINTAINERS. */
export function loadMaintainers(text: string): LoadedMaintainers {
  const file = { package: 'MAINTAINERS', file: 'MAINTAINERS', text }
  const parsed = parseToml(file)
  if (parsed.document === undefined) return { problems: [parsed.problem] }
  const findings: Finding[] = []
  const maintainers = checkMaintainersDocument(parsed.document, (finding) => findings.push(finding))
  const problems = locateFindings(findings, file)
  return maintainers === undefined ? { problems } : { maintainers, problems }
}

/**
 * Reads the `MAINTAINERS` of a tree. One that has an error is no list of people at all: whoever could break
 * a part of it could choose who is left.
 * @throws TrustError `maintainers/missing`, `maintainers/invalid` with every problem
 */
export function readMaintainers(root: string): LoadedMaintainers & { maintainers: Maintainers } {
  const where = join(root, 'MAINTAINERS')
  const read = readText(where)
  if (read.text === undefined) throw noText(where, read.unusable?.message)
  const { maintainers, problems } = loadMaintainers(read.text)
  if (maintainers !== undefined) return { maintainers, problems }
  throw new TrustError('maintainers/invalid', 'MAINTAINERS cannot be relied on', {
    where,
    found: problems.map(formatProblem).join('\n'),
    kind: 'trust'
  })
}

function noText(where: string, reason: string | undefined): TrustError {
  const code = reason === undefined ? 'maintainers/missing' : 'maintainers/invalid'
  return new TrustError(code, reason ?? 'nobody is known who could sign', {
    where,
    expected: 'a MAINTAINERS file beside packages/',
    kind: 'trust'
  })
}
