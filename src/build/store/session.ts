import { mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** A running process's own folder in the store, for everything unfinished. */
export interface Session {
  readonly folder: string
  /** When the build began, in seconds since 1970: the time of last use of all that it uses. */
  readonly since: number
  /** A name in the folder that was not given out before. */
  readonly next: (purpose: string) => string
}

/**
 * Opens this process's session folder.
 * @param sessions the store's `sessions/`
 * @param name see {@link sessionName}
 * @param since see {@link Session}
 */
export function openSession(sessions: string, name: string, since: number): Session {
  const folder = join(sessions, name)
  mkdirSync(folder, { recursive: true })
  let count = 0
  return { folder, since, next: (purpose) => join(folder, `${purpose}-${++count}`) }
}

/**
 * The session name of a process, different for any two processes that can share a store: boot,
 * process-id namespace, process id, start time in clock ticks since boot (proc_pid_stat(5), field 22).
 */
export function sessionName(pid: number): string {
  return [bootId(), pidNamespace(), String(pid), startTime(pid) ?? '0'].join('.')
}

/**
 * Names of sessions whose process is certainly gone: of an earlier boot, or of this process-id namespace
 * with no such process any more. Those of another namespace cannot be judged from here.
 */
export function endedSessions(sessions: string): string[] {
  return readdirSync(sessions).filter(isEnded)
}

/**
 * Whether the process is certainly gone.
 * @param name begins with what {@link sessionName} gave
 */
export function isEnded(name: string): boolean {
  const [boot, namespace, pid, start] = name.split('.')
  if (boot !== bootId()) return true
  return namespace === pidNamespace() && startTime(Number(pid)) !== start
}

/** Tells the machine's starts apart (random(4)). */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8)
}

function pidNamespace(): string {
  return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in parentheses may hold spaces and parentheses; the fields after its last `)` do not.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
