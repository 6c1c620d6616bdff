import { join } from 'node:path'
import type { Source } from '../source/source.js'
import { buildArguments } from './build-arguments.js'
import type { Definition } from './definition.js'
import { doubtful, type Report, shown, wrong } from './finding.js'
import type { PackageFolder } from './package-folders.js'
import type { StageReferences } from './stage-references.js'
import type { Image, Package } from './tree.js'

/** What a package is made from, each part already valid by itself. */
export interface PackageParts {
  readonly folder: PackageFolder
  readonly directory: string
  readonly definition: Definition
  readonly sources: readonly Source[]
  readonly stages: readonly StageReferences[]
  readonly version: string | undefined
}

/** Puts a package together; what does not fit is reported, and the package is then not to be used. */
export function makePackage(parts: PackageParts, report: Report): Package {
  const { folder, directory, definition, sources, stages } = parts
  checkName(parts, report)
  checkTargets(parts, report)
  const images: Image[] = []
  const made: Package = {
    ...folder,
    directory,
    containerfilePath: join(directory, 'Containerfile'),
    ...descriptive(parts),
    subpackages: definition.subpackages,
    platforms: definition.platforms,
    sources,
    buildArguments: buildArguments(parts.version, sources),
    images,
    stages
  }
  images.push(...imagesOf(made))
  return made
}

function descriptive(parts: PackageParts): Partial<Package> {
  const { versionFrom, description, license, website } = parts.definition
  return {
    ...(parts.version === undefined ? {} : { version: parts.version }),
    ...(versionFrom === undefined ? {} : { versionFrom }),
    ...(description === undefined ? {} : { description }),
    ...(license === undefined ? {} : { license }),
    ...(website === undefined ? {} : { website })
  }
}

function imagesOf(owner: Package): Image[] {
  if (owner.subpackages.length === 0) return [{ name: owner.fullName, package: owner }]
  return owner.subpackages.map((name) => ({
    name: `${owner.stage}-${name}`,
    package: owner,
    target: `package-${name}`
  }))
}

function checkName({ folder, definition }: PackageParts, report: Report): void {
  if (definition.name === folder.name) return
  const details = {
    expected: shown(folder.name),
    found: shown(definition.name),
    hint: "the folder's name is the one that counts"
  }
  report(doubtful('tree/name-differs', ['package', 'name'], "not the folder's name", details))
}

function checkTargets({ definition, stages }: PackageParts, report: Report): void {
  const seen = new Set<string>()
  definition.subpackages.forEach((name, index) => {
    const path = ['package', 'subpackages', index]
    if (seen.has(name)) {
      report(
        wrong('tree/duplicate-image', path, 'a subpackage named twice', { found: shown(name) })
      )
    }
    seen.add(name)
    if (stages.some((stage) => stage.name === `package-${name}`)) return
    const message = 'the Containerfile has no stage for this subpackage'
    report(wrong('tree/no-target', path, message, { expected: `FROM … AS package-${name}` }))
  })
}
