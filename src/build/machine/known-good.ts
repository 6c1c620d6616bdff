import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../base/make-folder.js'
import type { Machine } from './machine.js'

/** Programs and files whose change may change what an inspection finds. */
const programs = ['unshare', 'mount', 'umount', 'newuidmap', 'newgidmap', 'runc', 'crun']
const files = ['/etc/subuid', '/etc/subgid']

/** What was inspected: with or without the programs of linux/386. */
export type Scope = 'all' | 'without-i386'

/**
 * Whether an earlier inspection found everything in `scope`, and nothing that it depends on has changed since: the
 * user, the running kernel (a restart may change its settings), and the programs' files. Costs a
 * millisecond, where an inspection costs a hundred.
 */
export function isKnownGood(machine: Machine, scope: Scope): boolean {
  try {
    return readFileSync(stampOf(machine, scope), 'utf8') === circumstances(machine)
  } catch {
    return false
  }
}

/** Remembers that an inspection found everything. A store that cannot be written to remembers nothing. */
export function rememberGood(machine: Machine, scope: Scope): void {
  const stamp = stampOf(machine, scope)
  const next = `${stamp}.${process.pid}`
  try {
    makeFolder(dirname(stamp))
    writeFileSync(next, circumstances(machine))
    renameSync(next, stamp)
  } catch {
    return
  }
}

function stampOf({ home }: Machine, scope: Scope): string {
  return join(home, `machine-known-good-${scope}`)
}

function circumstances(machine: Machine): string {
  const { readText, kernelRelease, nodeVersion, uid, user } = machine
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim()
  const found = programs.map((name) => machine.findProgram(name) ?? name)
  const lines = [...found, ...files].map((file) => {
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat === undefined
      ? `${file} absent`
      : `${file} ${stat.size} ${stat.ctimeMs} ${stat.ino}`
  })
  return [`${uid} ${user}`, kernelRelease, boot, nodeVersion, ...lines, ''].join('\n')
}
