import { join } from 'node:path'
import { ContainerfileError } from '../../containerfile/containerfile-error.js'
import { parseContainerfile } from '../../containerfile/containerfile.js'
import type { Containerfile } from '../../containerfile/instruction.js'
import { splitFullName } from '../../tree/full-name.js'
import { readText } from '../../tree/read-text.js'
import { type Allowances, readAllowances } from './allowance.js'
import { definitionLines, instructionLines } from './statements.js'
import type { SubjectFile } from './subject-file.js'

/** The files of a package's folder as they are written, whether or not they make a package. */
export interface PackageFiles {
  /** `packages/<stage>/<name>` */
  readonly folder: string
  readonly texts: ReadonlyMap<SubjectFile, string>
  /** Absent where it cannot be read as one. */
  readonly containerfile?: Containerfile
  /** What is wrong with the Containerfile. */
  readonly errors: readonly ContainerfileError[]
}

/** Reads a package's folder; `fullName` is `<stage>-<name>`. */
export function packageFiles(root: string, fullName: string): PackageFiles {
  const { stage, name } = splitFullName(fullName)
  const folder = join('packages', stage, name)
  const texts = new Map<SubjectFile, string>()
  for (const file of ['package.toml', 'Containerfile'] as const) {
    const { text } = readText(join(root, folder, file))
    if (text !== undefined) texts.set(file, text)
  }
  const text = texts.get('Containerfile')
  const parsed = text === undefined ? {} : parse(text, join(folder, 'Containerfile'))
  return { folder, texts, errors: [], ...parsed }
}

function parse(
  text: string,
  file: string
): Pick<PackageFiles, 'containerfile'> | Pick<PackageFiles, 'errors'> {
  try {
    return { containerfile: parseContainerfile(text, file) }
  } catch (error) {
    if (error instanceof ContainerfileError) return { errors: [error, ...error.further] }
    throw error
  }
}

/** The comments in a file that allow findings. */
export function allowancesIn(files: PackageFiles, file: SubjectFile): Allowances {
  const text = files.texts.get(file)
  if (text?.includes('stagex-lint') !== true) return { good: [], bad: [] }
  if (file === 'package.toml') return readAllowances(text, definitionLines(text))
  const { containerfile } = files
  return readAllowances(text, containerfile === undefined ? [] : instructionLines(containerfile))
}
