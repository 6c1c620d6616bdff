import type { Containerfile } from '../../containerfile/instruction.js'
import type { Package } from '../../tree/tree.js'
import { DefinitionText } from './definition-text.js'
import type { PackageFiles } from './package-files.js'

/** A package that could be loaded, and its two files as they are written. */
export interface PackageSubject {
  readonly package: Package
  readonly definition: DefinitionText
  readonly containerfile: Containerfile
}

/** Undefined where a file cannot be read, though the package was loaded. */
export function packageSubject(owner: Package, files: PackageFiles): PackageSubject | undefined {
  const { texts, containerfile } = files
  const text = texts.get('package.toml')
  if (text === undefined || containerfile === undefined) return undefined
  return { package: owner, definition: new DefinitionText(text), containerfile }
}
