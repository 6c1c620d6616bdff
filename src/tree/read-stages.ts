import { ContainerfileError } from '../containerfile/containerfile-error.js'
import type { PackageFile } from './locate-findings.js'
import { planStages, type StageContext } from './plan-stages.js'
import type { Problem } from './problem.js'
import { scanStages } from './scan-stages.js'
import type { StageReferences } from './stage-references.js'

/** A Containerfile's stages, or what is wrong with it. */
export interface StagesResult {
  readonly stages?: readonly StageReferences[]
  readonly problems: readonly Problem[]
}

/** Reads what the stages of a package's Containerfile draw from. */
export function readStages(file: PackageFile, context: Omit<StageContext, 'file'>): StagesResult {
  const scanned = scanStages(file.text)
  if (scanned !== undefined) return { stages: scanned, problems: [] }
  try {
    return { stages: planStages(file.text, { ...context, file: file.file }), problems: [] }
  } catch (error) {
    if (!(error instanceof ContainerfileError)) throw error
    return { problems: [error, ...error.further].map((each) => problemOf(each, file)) }
  }
}

function problemOf(error: ContainerfileError, file: PackageFile): Problem {
  const { line, column } = error.position
  return {
    code: 'tree/bad-containerfile',
    severity: 'error',
    package: file.package,
    file: file.file,
    position: { line, column },
    message: `${error.message} [${error.code}]`,
    ...(error.expected === undefined ? {} : { expected: error.expected }),
    ...(error.found === undefined ? {} : { found: error.found }),
    ...(error.hint === undefined ? {} : { hint: error.hint })
  }
}
