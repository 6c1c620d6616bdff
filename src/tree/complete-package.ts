import { buildArguments } from './build-arguments.js'
import { expandSources } from './expand-sources.js'
import type { Finding } from './finding.js'
import type { LoadedFolder } from './load-folder.js'
import { locateFindings } from './locate-findings.js'
import { makePackage } from './make-package.js'
import type { Problem } from './problem.js'
import { readStages } from './read-stages.js'
import type { ResolvedVersion } from './resolve-versions.js'
import type { Package } from './tree.js'

/** A folder's package, if it has one that can be put together, and all that is wrong with it. */
export interface Candidate {
  /** `<stage>-<name>` */
  readonly name: string
  readonly made?: Package
  readonly problems: Problem[]
}

/** Makes the package of a folder, now that its version is known. */
export function completePackage(loaded: LoadedFolder, resolved: ResolvedVersion): Candidate {
  const { folder, definition, definitionFile, containerfile } = loaded
  const name = folder.fullName
  const problems = [...loaded.problems]
  if (definition === undefined || containerfile === undefined) return { name, problems }
  const findings: Finding[] = resolved.finding === undefined ? [] : [resolved.finding]
  const report = (finding: Finding): void => {
    findings.push(finding)
  }
  const sources = expandSources(definition.sources, resolved.version, report)
  const read = readStages(containerfile, {
    buildArguments: buildArguments(resolved.version, sources),
    platforms: definition.platforms
  })
  problems.push(...read.problems)
  const { version } = resolved
  const made =
    read.stages === undefined
      ? {}
      : {
          made: makePackage(
            { ...loaded, definition, sources, stages: read.stages, version },
            report
          )
        }
  problems.push(...locateFindings(findings, definitionFile))
  return { name, ...made, problems }
}
