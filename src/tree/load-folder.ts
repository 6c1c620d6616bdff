import { join } from 'node:path'
import type { Definition } from './definition.js'
import { loadDefinition } from './load-definition.js'
import type { PackageFile } from './locate-findings.js'
import type { PackageFolder } from './package-folders.js'
import type { Problem } from './problem.js'
import { readText, type UnusableText } from './read-text.js'

/** The two files of a package, each read as far as it can be. */
export interface LoadedFolder {
  readonly folder: PackageFolder
  /** Absolute path. */
  readonly directory: string
  readonly definition?: Definition
  /** The package.toml, to locate what is found wrong later. */
  readonly definitionFile: PackageFile
  /** Absent where there is no readable one. */
  readonly containerfile?: PackageFile
  readonly problems: readonly Problem[]
}

/** Reads `packages/<stage>/<name>/{package.toml,Containerfile}`. */
export function loadFolder(root: string, folder: PackageFolder): LoadedFolder {
  const path = `packages/${folder.stage}/${folder.name}`
  const owner = { package: folder.fullName }
  const definition = readDefinition({ ...owner, file: `${path}/package.toml` }, root)
  const containerfile = readContainerfile({ ...owner, file: `${path}/Containerfile` }, root)
  return {
    folder,
    directory: join(root, path),
    ...definition,
    ...containerfile,
    problems: [...definition.problems, ...containerfile.problems]
  }
}

type FileName = Omit<PackageFile, 'text'>

function readDefinition(
  file: FileName,
  root: string
): Pick<LoadedFolder, 'definition' | 'definitionFile' | 'problems'> {
  const result = readText(join(root, file.file))
  if (result.text !== undefined) {
    const definitionFile = { ...file, text: result.text }
    return { definitionFile, ...loadDefinition(definitionFile) }
  }
  const { unusable } = result
  const reason = unusable ?? absent('tree/no-definition', 'package.toml')
  // Folders without one are passed over by others, too: they may be a package that is not finished.
  const severity = unusable === undefined ? 'warning' : 'error'
  return { definitionFile: { ...file, text: '' }, problems: [{ ...file, ...reason, severity }] }
}

function readContainerfile(
  file: FileName,
  root: string
): Pick<LoadedFolder, 'containerfile' | 'problems'> {
  const result = readText(join(root, file.file))
  if (result.text !== undefined)
    return { containerfile: { ...file, text: result.text }, problems: [] }
  const reason = result.unusable ?? absent('tree/no-containerfile', 'Containerfile')
  return { problems: [{ ...file, ...reason, severity: 'error' }] }
}

function absent(code: UnusableText['code'], name: string): UnusableText {
  return { code, message: `the package has no ${name}` }
}
