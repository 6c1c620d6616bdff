import { nearHint, type Finding, wrong } from './finding.js'

/** What a package says of its version. */
export interface VersionClaim {
  readonly version?: string
  /** Full name of the package, or of the image, whose version it is. */
  readonly versionFrom?: string
}

/** A version (none is one, too) or why there is none to be had. */
export interface ResolvedVersion {
  readonly version?: string
  readonly finding?: Finding
}

const PATH = ['package', 'version_from']

/** Follows `version_from` from package to package. `claims` is by full name; so is the result. */
export function resolveVersions(
  claims: ReadonlyMap<string, VersionClaim>
): Map<string, ResolvedVersion> {
  const resolved = new Map<string, ResolvedVersion>()
  for (const name of claims.keys()) resolved.set(name, resolveVersion(name, claims))
  return resolved
}

function resolveVersion(name: string, claims: ReadonlyMap<string, VersionClaim>): ResolvedVersion {
  const chain = [name]
  const seen = new Set(chain)
  for (let at = name; ;) {
    const claim = claims.get(at)
    if (claim === undefined) return { finding: nowhere(at, chain, claims) }
    if (claim.version !== undefined) return { version: claim.version }
    if (claim.versionFrom === undefined) return unversioned(chain)
    at = claim.versionFrom
    chain.push(at)
    if (seen.has(at)) return { finding: cycle(chain) }
    seen.add(at)
  }
}

/** A package without `version` has none; one that takes its version from such a package is mistaken. */
function unversioned(chain: readonly string[]): ResolvedVersion {
  if (chain.length === 1) return {}
  const message = `\`${chain.at(-1) ?? ''}\` has no version`
  return { finding: wrong('tree/version-from-nowhere', PATH, message, { found: arrows(chain) }) }
}

function cycle(chain: readonly string[]): Finding {
  const found = arrows(chain.slice(chain.indexOf(chain.at(-1) ?? '')))
  return wrong('tree/version-cycle', PATH, '`version_from` leads back to itself', { found })
}

function nowhere(
  missing: string,
  chain: readonly string[],
  claims: ReadonlyMap<string, VersionClaim>
): Finding {
  return wrong('tree/version-from-nowhere', PATH, `there is no usable package \`${missing}\``, {
    found: arrows(chain),
    ...nearHint(missing, claims.keys())
  })
}

function arrows(chain: readonly string[]): string {
  return chain.join(' → ')
}
