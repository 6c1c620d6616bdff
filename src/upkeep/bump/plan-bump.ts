import type { Source } from '../../source/source.js'
import type { Definition } from '../../tree/definition.js'
import { PACKAGE_FIELDS } from '../../tree/definition-fields.js'
import { expandSources } from '../../tree/expand-sources.js'
import type { Finding } from '../../tree/finding.js'
import { loadFolder } from '../../tree/load-folder.js'
import { resolveNames } from '../../tree/resolve-names.js'
import type { Package, Tree } from '../../tree/tree.js'
import { UpkeepError } from '../upkeep-error.js'

/** What another version of a package changes. */
export interface BumpPlan {
  readonly package: Package
  readonly from: string
  readonly to: string
  /** The package, and those that take their version from it, in the tree's order. */
  readonly changes: readonly PackageChange[]
}

/** What the version changes in one package. */
export interface PackageChange {
  readonly package: Package
  /** The text of its package.toml. */
  readonly text: string
  /** Sources as they are with the new version, where it makes them others. */
  readonly sources: readonly Source[]
}

/**
 * Finds what another version of a package changes. Nothing is written or fetched.
 * @throws UpkeepError `upkeep/not-one-package`, `upkeep/no-own-version`, `upkeep/bad-version`,
 * `upkeep/same-version`; TreeError for the name
 */
export function planBump(tree: Tree, name: string, version: string): BumpPlan {
  const owner = onePackage(tree, name)
  checkVersion(version)
  if (owner.versionFrom !== undefined) throw notItsOwn(owner, owner.versionFrom, version)
  if (owner.version === undefined) throw noVersion(owner)
  if (owner.version === version) throw sameVersion(owner, version)
  const followers = [...tree.packages.values()].filter((each) => versionOwner(tree, each) === owner)
  const changes = followers.map((each) => changeOf(tree, each, version))
  return { package: owner, from: owner.version, to: version, changes }
}

function onePackage(tree: Tree, name: string): Package {
  const { images } = resolveNames(tree, [name])
  const [first, ...others] = new Set(images.map((image) => image.package))
  if (first !== undefined && others.length === 0) return first
  throw new UpkeepError('upkeep/not-one-package', `${name} is not one package`, { kind: 'usage' })
}

/** The package whose `version` it is that a package has; chains are finite in a loaded tree. */
function versionOwner(tree: Tree, from: Package): Package {
  let owner = from
  while (owner.versionFrom !== undefined) {
    const next = tree.images.get(owner.versionFrom)?.package ?? tree.packages.get(owner.versionFrom)
    if (next === undefined) break
    owner = next
  }
  return owner
}

function changeOf(tree: Tree, each: Package, version: string): PackageChange {
  const { definition, definitionFile } = loadFolder(tree.root, each)
  const sources = definition === undefined ? [] : changedSources(each, definition, version)
  return { package: each, text: definitionFile.text, sources }
}

function changedSources(each: Package, definition: Definition, version: string): Source[] {
  const findings: Finding[] = []
  const expanded = expandSources(definition.sources, version, (finding) => findings.push(finding))
  const error = findings.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw badVersion(version, `${each.fullName}: ${error.message}`)
  const before = new Map(each.sources.map((source) => [source.key, placesOf(source)]))
  return expanded.filter((source) => before.get(source.key) !== placesOf(source))
}

function placesOf({ file, mirrors }: Source): string {
  return JSON.stringify([file, mirrors])
}

function checkVersion(version: string): void {
  const field = PACKAGE_FIELDS.find(({ key }) => key === 'version')
  if (field?.shape === 'integer' || field?.format.pattern.test(version) === true) return
  throw badVersion(version, field?.format.expected ?? 'a version')
}

function badVersion(version: string, expected: string): UpkeepError {
  return new UpkeepError('upkeep/bad-version', 'this cannot be the version', {
    kind: 'usage',
    expected,
    found: version.slice(0, 200)
  })
}

function notItsOwn(owner: Package, from: string, version: string): UpkeepError {
  return new UpkeepError('upkeep/no-own-version', `${owner.fullName} has the version of ${from}`, {
    kind: 'usage',
    hint: `stagex bump ${from} ${version}`
  })
}

function noVersion(owner: Package): UpkeepError {
  return new UpkeepError('upkeep/no-own-version', `${owner.fullName} has no version`, {
    kind: 'usage',
    hint: 'give it one in its package.toml first'
  })
}

function sameVersion(owner: Package, version: string): UpkeepError {
  return new UpkeepError('upkeep/same-version', `${owner.fullName} is at ${version} already`, {
    kind: 'usage'
  })
}
