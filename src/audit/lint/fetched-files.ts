import { bytesOfText } from '../../base/byte-string.js'
import type { StageInstruction } from '../../containerfile/instruction.js'
import type { Position } from '../../containerfile/position.js'
import type { BindMount, CopyStep, Step, StepSource } from '../../containerfile/step.js'
import { hasWildcard, matchWildcard } from '../../containerfile/wildcard.js'
import { cleanPath } from '../../containerfile/unix-path.js'
import { FETCH_CONTEXT } from '../../tree/stage-references.js'
import type { PackageSubject } from './package-subject.js'
import { resolvedStages } from './resolve-stages.js'

/** A place where a Containerfile reads from the folder of fetched sources. */
export interface FetchedFiles {
  /** Below that folder; may hold wildcards. '' stands for the whole folder. */
  readonly pattern: string
  readonly position: Position
}

/** Several rules ask for the same. */
const known = new WeakMap<PackageSubject, { readonly files: readonly FetchedFiles[] | undefined }>()

/** Patterns times sources; no package that is meant to be built comes near it. */
const MOST_COMPARISONS = 1_000_000

/**
 * What the stages of a package read from the folder of fetched sources; undefined where that depends on
 * what only a build knows, or would take too long to compare.
 */
export function fetchedFiles(subject: PackageSubject): readonly FetchedFiles[] | undefined {
  const { files } = known.get(subject) ?? { files: findFiles(subject) }
  known.set(subject, { files })
  return files
}

function findFiles(subject: PackageSubject): readonly FetchedFiles[] | undefined {
  if (dependsOnBases(subject)) return undefined
  const files = resolvedStages(subject)?.flatMap((stage) => stage.steps.flatMap(readsOf))
  const comparisons = (files?.length ?? 0) * subject.package.sources.length
  return comparisons > MOST_COMPARISONS ? undefined : files
}

/** Whether a pattern takes the file of this name. */
export function takesFile(pattern: string, file: string): boolean {
  return pattern === '' || matchWildcard(bytesOfText(pattern), bytesOfText(file))
}

/** Whether the path of something copied has a variable that the file does not set: a base image may. */
function dependsOnBases({ containerfile }: PackageSubject): boolean {
  const instructions = containerfile.stages.flatMap((stage) => stage.instructions)
  const known = new Set([...containerfile.globalArgs, ...instructions].flatMap(namesSetBy))
  const words = instructions.flatMap((each) => ('sources' in each ? each.sources : []))
  return words.some(({ text }) => variablesIn(text).some((name) => !known.has(name)))
}

function namesSetBy(instruction: StageInstruction): string[] {
  if (instruction.kind === 'arg') return instruction.declarations.map(({ name }) => name.text)
  return instruction.kind === 'env' ? instruction.assignments.map(({ name }) => name.text) : []
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name)
}

function readsOf(step: Step): FetchedFiles[] {
  if (step.kind === 'copy') return copied(step)
  if (step.kind !== 'run') return []
  const binds = step.mounts.filter((mount): mount is BindMount => mount.type === 'bind')
  return binds.flatMap(({ from, source }) => readAt(from, source, step.position))
}

function copied({ from, sources, position }: CopyStep): FetchedFiles[] {
  return sources.flatMap((source) => readAt(from, source, position))
}

function readAt(from: StepSource, source: string, position: Position): FetchedFiles[] {
  const path = cleanPath(`/${source}`).slice(1)
  if (from.kind === 'named-context' && from.name === FETCH_CONTEXT) {
    return [{ pattern: path === '*' ? '' : path, position }]
  }
  if (from.kind !== 'context') return []
  const [first = '', ...rest] = path.split('/')
  if (path === '' || (hasWildcard(first) && matchWildcard(bytesOfText(first), FETCH_CONTEXT))) {
    return [{ pattern: rest.join('/'), position }]
  }
  return first === FETCH_CONTEXT ? [{ pattern: rest.join('/'), position }] : []
}
