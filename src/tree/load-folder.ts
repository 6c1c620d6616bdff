import { join } from 'node:path'
import type { Definition } from './definition.js'
import { loadDefinition } from './load-definition.js'
import type { PackageFile } from './locate-findings.js'
import type { PackageFolder } from './package-folders.js'
import type { Problem } from './problem.js'
import { readText, type TextResult, type UnusableText } from './read-text.js'
import { stageReferences, type StageReferences } from './stage-references.js'

/** The two files of a package, each read as far as it can be. */
export interface LoadedFolder {
  readonly folder: PackageFolder
  /** Absolute path. */
  readonly directory: string
  readonly definition?: Definition
  /** The package.toml, to locate what is found wrong later. */
  readonly definitionFile: PackageFile
  readonly stages?: readonly StageReferences[]
  readonly problems: readonly Problem[]
}

/** Reads `packages/<stage>/<name>/{package.toml,Containerfile}`. */
export function loadFolder(root: string, folder: PackageFolder): LoadedFolder {
  const path = `packages/${folder.stage}/${folder.name}`
  const directory = join(root, path)
  const toml = { package: folder.fullName, file: `${path}/package.toml` }
  const containerfile = { package: folder.fullName, file: `${path}/Containerfile` }
  const definition = readDefinition(toml, readText(join(root, toml.file)))
  const stages = readStages(containerfile, readText(join(root, containerfile.file)))
  return {
    folder,
    directory,
    ...definition,
    ...(stages.stages === undefined ? {} : { stages: stages.stages }),
    problems: [...definition.problems, ...stages.problems]
  }
}

type FileName = Omit<PackageFile, 'text'>

function readDefinition(
  file: FileName,
  result: TextResult
): Pick<LoadedFolder, 'definition' | 'definitionFile' | 'problems'> {
  if (result.text === undefined) {
    const reason = result.unusable ?? absent('tree/no-definition', 'package.toml')
    const severity = result.unusable === undefined ? 'warning' : 'error'
    const definitionFile = { ...file, text: '' }
    return { definitionFile, problems: [{ ...file, ...reason, severity }] }
  }
  const definitionFile = { ...file, text: result.text }
  return { definitionFile, ...loadDefinition(definitionFile) }
}

function readStages(file: FileName, result: TextResult): Pick<LoadedFolder, 'stages' | 'problems'> {
  if (result.text !== undefined) return { stages: stageReferences(result.text), problems: [] }
  const reason = result.unusable ?? absent('tree/no-containerfile', 'Containerfile')
  return { problems: [{ ...file, ...reason, severity: 'error' }] }
}

function absent(code: UnusableText['code'], name: string): UnusableText {
  return { code, message: `the package has no ${name}` }
}
