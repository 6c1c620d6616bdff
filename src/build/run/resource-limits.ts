import type { SandboxLimits } from './sandbox.js'

/** A limit as the OCI runtime specification writes it (getrlimit(2)). */
interface ResourceLimit {
  readonly type: string
  readonly soft: number
  readonly hard: number
}

/**
 * Processes and threads that one user of a build's namespace may have: far more than any build needs, far
 * fewer than a machine can bear. The kernel does not count those of the machine's own root, for whom a
 * control group does it (`namespace/process-group.ts`).
 */
export const mostProcesses = 4096

/**
 * The limits of each process in a sandbox: open files as the StageX build command sets them, no core files,
 * because what a crash leaves behind is not what a step makes.
 * @param ownLimits the text of `/proc/self/limits`: without a right outside, a limit can only be lowered
 */
export function resourceLimits(limits: SandboxLimits, ownLimits: string): ResourceLimit[] {
  const { memoryBytes } = limits
  return [
    { type: 'RLIMIT_NOFILE', soft: 2048, hard: 16384 },
    upTo('RLIMIT_CORE', 0),
    upTo('RLIMIT_NPROC', Math.min(mostProcesses, hardProcessLimit(ownLimits))),
    ...(memoryBytes === undefined ? [] : [upTo('RLIMIT_AS', memoryBytes)])
  ]
}

function upTo(type: string, value: number): ResourceLimit {
  return { type, soft: value, hard: value }
}

/** The second number of the line `Max processes`, which may be `unlimited`. */
function hardProcessLimit(ownLimits: string): number {
  const [, hard] = /^Max processes +\S+ +(\d+)/m.exec(ownLimits) ?? []
  return hard === undefined ? Infinity : Number(hard)
}
