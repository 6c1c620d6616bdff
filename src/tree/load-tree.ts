import { resolve } from 'node:path'
import { byCodeUnit } from '../base/order.js'
import { type Candidate, completePackage } from './complete-package.js'
import { loadFolder, type LoadedFolder } from './load-folder.js'
import { packageFolders } from './package-folders.js'
import type { Problem } from './problem.js'
import { resolveVersions, type VersionClaim } from './resolve-versions.js'
import type { Image, Package, Tree } from './tree.js'

export interface LoadOptions {
  /** Warnings are errors: for a tree of one's own. */
  readonly strict?: boolean
}

/**
 * Reads every package of the tree below `root`. A package with an error is left out and named in
 * `broken`; it stops no other.
 * @throws TreeError `tree/not-a-tree` where there is no `packages` folder
 */
// The promise is part of the contract: callers must not come to rely on the reading being synchronous.
// eslint-disable-next-line @typescript-eslint/require-await
export async function loadTree(root: string, options: LoadOptions = {}): Promise<Tree> {
  const absolute = resolve(root)
  const { folders, problems } = packageFolders(absolute)
  const loaded = folders.map((folder) => loadFolder(absolute, folder))
  const versions = resolveVersions(versionClaims(loaded))
  const candidates = loaded.map((folder) =>
    completePackage(folder, versions.get(folder.folder.fullName) ?? {})
  )
  reportDuplicateImages(candidates)
  const nameless = problems.map((problem) => ({ name: problem.package, problems: [problem] }))
  return assemble(absolute, [...nameless, ...candidates], options.strict ?? false)
}

function versionClaims(loaded: readonly LoadedFolder[]): Map<string, VersionClaim> {
  const claims = new Map<string, VersionClaim>()
  for (const { folder, definition } of loaded) {
    if (definition === undefined) continue
    claims.set(folder.fullName, definition)
    for (const name of definition.subpackages) claims.set(`${folder.stage}-${name}`, definition)
  }
  return claims
}

/** The first package, in the tree's order, keeps the image's name; later ones are in error. */
function reportDuplicateImages(candidates: readonly Candidate[]): void {
  const owners = new Map<string, string>()
  for (const { name, made, problems } of candidates) {
    for (const image of made?.images ?? []) {
      const owner = owners.get(image.name)
      if (owner === undefined) owners.set(image.name, name)
      else if (owner !== name) problems.push(duplicateImage(image, owner))
    }
  }
}

function duplicateImage(image: Image, owner: string): Problem {
  return {
    code: 'tree/duplicate-image',
    severity: 'error',
    package: image.package.fullName,
    file: `packages/${image.package.stage}/${image.package.name}/package.toml`,
    message: `another package has an image of this name`,
    expected: 'a name of its own',
    found: `\`${image.name}\` of package \`${owner}\``
  }
}

function assemble(root: string, candidates: readonly Candidate[], strict: boolean): Tree {
  const packages = new Map<string, Package>()
  const broken = new Map<string, readonly Problem[]>()
  const all: Problem[] = []
  for (const { name, made, problems } of candidates) {
    const judged = strict ? problems.map((p) => ({ ...p, severity: 'error' as const })) : problems
    all.push(...judged)
    if (made === undefined || judged.some((problem) => problem.severity === 'error')) {
      broken.set(name, judged)
      continue
    }
    packages.set(name, made)
  }
  return { root, packages, images: imagesOf(packages), broken, problems: all }
}

/** A stage's name has no dash, so that the order of names is that of stages, too. */
function imagesOf(packages: ReadonlyMap<string, Package>): Map<string, Image> {
  const images = [...packages.values()].flatMap((owner) => owner.images)
  images.sort((a, b) => byCodeUnit(a.name, b.name))
  return new Map(images.map((image) => [image.name, image]))
}
