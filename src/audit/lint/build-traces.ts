import { posix } from 'node:path'
import { bytesOfText } from '../../base/byte-string.js'
import type { PackageSubject } from './package-subject.js'
import { resolvedStages } from './resolve-stages.js'

/** What a RUN sees as the machine's name (docs/format.md). */
const HOST_NAME = 'buildkitsandbox'

/** Folders that images usually have: a path below one of them says nothing about the build. */
const USUAL =
  /^\/(?:bin|boot|dev|etc|home|lib|lib32|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)$/

/**
 * Texts in a file of the image that show where it was built: the build's working folders, each with a slash
 * behind it, and its host name. As byte strings.
 */
export function buildTraces(subject: PackageSubject): string[] {
  const steps = resolvedStages(subject)?.flatMap((stage) => stage.steps) ?? []
  const folders = steps.flatMap((step) => (step.kind === 'workdir' ? [step.path] : []))
  const own = folders.filter((path) => path !== '/' && !USUAL.test(path))
  const outermost = own.filter((path) => !parentsOf(path).some((parent) => own.includes(parent)))
  return [...new Set(outermost.map((path) => bytesOfText(`${path}/`))), HOST_NAME]
}

function parentsOf(path: string): string[] {
  const parents: string[] = []
  for (let at = posix.dirname(path); at !== '/'; at = posix.dirname(at)) parents.push(at)
  return parents
}
