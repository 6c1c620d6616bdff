import type { Finding } from './finding.js'
import type { Problem } from './problem.js'
import { placeKey, positionAt, type TomlPlace, tomlPlaces } from './toml-positions.js'

/** A file of a package, and its text. */
export interface PackageFile {
  /** `<stage>-<name>` */
  readonly package: string
  /** Path below the tree's root. */
  readonly file: string
  readonly text: string
}

/** Problems told of one file; a hostile one could hold a hundred thousand. */
const MAX_PROBLEMS = 100

/** Gives findings their line and column, in the order of the text. */
export function locateFindings(findings: readonly Finding[], file: PackageFile): Problem[] {
  if (findings.length === 0) return []
  const places = tomlPlaces(file.text)
  return findings
    .slice(0, MAX_PROBLEMS)
    .map((finding) => ({ finding, offset: offsetOf(finding, places) }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ finding, offset }) => locatedProblem(finding, offset, file))
}

/** Where the path is not written down, as of a missing key, the nearest table above it is meant. */
function offsetOf(finding: Finding, places: ReadonlyMap<string, TomlPlace>): number {
  for (let length = finding.path.length; length > 0; length--) {
    const place = places.get(placeKey(finding.path.slice(0, length)))
    if (place !== undefined) return finding.at === 'key' ? place.key : place.value
  }
  return 0
}

function locatedProblem(finding: Finding, offset: number, file: PackageFile): Problem {
  const { code, severity, message, expected, found, hint } = finding
  return {
    code,
    severity,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(hint === undefined ? {} : { hint }),
    package: file.package,
    file: file.file,
    position: positionAt(file.text, offset)
  }
}
