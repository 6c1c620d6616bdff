import { mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { mostProcesses } from '../run/resource-limits.js'
import { isEnded } from '../store/session.js'

/**
 * Makes a control group that holds a limited number of processes. RLIMIT_NPROC does so for everybody but the
 * machine's root, whom the kernel does not count.
 * @param session of the process that makes it
 * @param number tells apart the groups of one process
 * @returns its folder, undefined where this machine lets no group be made
 */
export function makeProcessGroup(session: string, number: number): string | undefined {
  const parent = groupWithLimits()
  if (parent === undefined) return undefined
  removeAbandonedGroups(parent)
  const folder = join(parent, `${prefix}${session}.${number}`)
  try {
    mkdirSync(folder)
    writeFileSync(join(folder, 'pids.max'), String(mostProcesses))
    return folder
  } catch {
    return undefined
  }
}

/** Removes a group, unless there are processes in it. */
export function removeProcessGroup(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // It is busy or gone; the next build sweeps.
  }
}

const prefix = 'stagex-build-'

/** Of builds whose process did not live to remove them. One that is empty may be somebody's who is about to enter. */
function removeAbandonedGroups(parent: string): void {
  for (const name of readdirSync(parent)) {
    const isAbandoned = name.startsWith(prefix) && isEnded(name.slice(prefix.length))
    if (isAbandoned) removeProcessGroup(join(parent, name))
  }
}

/** The nearest group above this process, itself included, below which the number of processes can be limited. */
function groupWithLimits(): string | undefined {
  const groups = readFileSync('/proc/self/cgroup', 'utf8').split('\n')
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
  const own = groups.map((line) => /^\d+:([^:]*):(.*)$/.exec(line) ?? [])
  const separate = own.find(([, controllers]) => controllers?.split(',').includes('pids') === true)
  if (separate !== undefined) return below(mounts, / - cgroup .*\bpids\b/, separate[2])
  const unified = own.find(([, controllers]) => controllers === '')
  const folder = below(mounts, / - cgroup2 /, unified?.[2])
  return folder === undefined ? undefined : nearestDelegating(folder)
}

function below(
  mounts: readonly string[],
  hierarchy: RegExp,
  path: string | undefined
): string | undefined {
  const mountPoint = mounts.find((line) => hierarchy.test(line))?.split(' ')[4]
  return mountPoint === undefined || path === undefined ? undefined : join(mountPoint, path)
}

/** In the unified hierarchy, a group hands its controllers down only if it holds no processes itself. */
function nearestDelegating(folder: string): string | undefined {
  for (let each = folder; each !== dirname(each); each = dirname(each)) {
    try {
      const controllers = readFileSync(join(each, 'cgroup.subtree_control'), 'utf8')
      if (controllers.trim().split(' ').includes('pids')) return each
    } catch {
      return undefined
    }
  }
  return undefined
}
