import { checkDefinition } from './check-definition.js'
import type { Definition } from './definition.js'
import type { Finding } from './finding.js'
import { locateFindings, type PackageFile } from './locate-findings.js'
import { parseToml } from './parse-toml.js'
import type { Problem } from './problem.js'

/** What a package.toml says, where nothing is wrong with it, and everything that is. */
export interface LoadedDefinition {
  readonly definition?: Definition
  readonly problems: readonly Problem[]
}

/** Parses and checks one package.toml. */
export function loadDefinition(file: PackageFile): LoadedDefinition {
  const parsed = parseToml(file)
  if (parsed.document === undefined) return { problems: [parsed.problem] }
  const findings: Finding[] = []
  const definition = checkDefinition(parsed.document, (finding) => findings.push(finding))
  const problems = locateFindings(findings, file)
  return definition === undefined ? { problems } : { definition, problems }
}
