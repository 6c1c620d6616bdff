import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The package whose steps are run here. */
export const stage0Folder = fileURLToPath(
  new URL('../../packages/bootstrap/stage0/', import.meta.url)
)

/** A step of stage0's Containerfile: files laid into the build, or a program run. */
export type Step =
  | { kind: 'copy'; files: readonly string[]; into: string; mode: number }
  | { kind: 'run'; command: readonly string[] }

const command = z.array(z.string()).min(1)

/**
 * The steps of the stage `build`, which uses nothing but COPY from the context and RUN in exec form with
 * relative paths, so that they mean the same in any folder.
 */
function readSteps(containerfile: string): Step[] {
  const stage = containerfile.split(/^FROM /m).find((text) => text.startsWith('scratch AS build\n'))
  if (stage === undefined) throw new Error('stage0 has no stage "build"')
  const lines = stage.replaceAll(/\\\n/g, ' ').split('\n').slice(1)
  return lines.filter((line) => line !== '' && !line.startsWith('#')).flatMap(readStep)
}

function readStep(line: string): Step[] {
  if (/^WORKDIR \S+$/.test(line)) return []
  const run = /^RUN --network=none (\[.*\])$/.exec(line)
  if (run?.[1] !== undefined) {
    return [{ kind: 'run', command: command.parse(JSON.parse(run[1])) }]
  }
  const copy = /^COPY --chmod=(0[0-7]{3}) (.+) (\S+\/)$/.exec(line)
  if (copy?.[1] === undefined || copy[2] === undefined || copy[3] === undefined) {
    throw new Error(`stage0's test cannot follow: ${line}`)
  }
  const files = copy[2].split(/\s+/)
  return [{ kind: 'copy', files, into: copy[3], mode: parseInt(copy[1], 8) }]
}

/** The steps of stage0. */
export function stage0Steps(): Step[] {
  return readSteps(readFileSync(join(stage0Folder, 'Containerfile'), 'utf8'))
}

/** Takes one step in `folder`, directly on this machine. @throws where it fails */
export function takeStep(folder: string, step: Step): void {
  if (step.kind === 'copy') copyFiles(folder, step)
  else runStep(folder, step.command)
}

function copyFiles(folder: string, step: Step & { kind: 'copy' }): void {
  for (const file of step.files.flatMap(expandStar)) {
    const target = join(folder, step.into, basename(file))
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(stage0Folder, file), target)
    chmodSync(target, step.mode)
  }
}

/** The files that `folder/*.ext` stands for; anything else stands for itself. */
function expandStar(pattern: string): string[] {
  const match = /^(.+\/)\*(\.\w+)$/.exec(pattern)
  if (match?.[1] === undefined || match[2] === undefined) return [pattern]
  const [, folder, extension] = match
  const names = readdirSync(join(stage0Folder, folder))
  return names.filter((name) => name.endsWith(extension)).map((name) => folder + name)
}

function runStep(folder: string, words: readonly string[]): void {
  const [program = '', ...args] = words
  const done = spawnSync(join(folder, program), args, { cwd: folder, encoding: 'utf8', env: {} })
  if (done.status === 0) return
  throw new Error(`${words.join(' ')}: status ${String(done.status)}: ${done.stdout}${done.stderr}`)
}

/** Whether this machine's kernel starts 32-bit x86 programs. */
export function runsI386(): boolean {
  return spawnSync(join(stage0Folder, 'hex0-seed'), ['/dev/null', '/dev/null']).status === 0
}
