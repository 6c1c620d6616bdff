import { readFileSync, readdirSync } from 'node:fs'

/**
 * Watches what a process and those that it starts take, until it is stopped.
 * @returns stops, and tells the most bytes that one of them had in memory
 */
export function watchMemory(pid: number): () => number {
  let peak = 0
  const timer = setInterval(() => {
    for (const process of withDescendants(pid)) peak = Math.max(peak, mostOf(process))
  }, 50)
  return () => {
    clearInterval(timer)
    return peak
  }
}

function withDescendants(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const parent = /^PPid:\s+(\d+)/m.exec(statusOf(name))?.[1]
    if (parent === undefined) continue
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)])
  }
  const found = [pid]
  for (const each of found) found.push(...(children.get(each) ?? []))
  return found
}

/** The kernel keeps the mark itself (proc_pid_status(5), VmHWM), so nothing is missed between two looks. */
function mostOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(statusOf(String(pid)))?.[1] ?? 0) * 1024
}

function statusOf(name: string): string {
  try {
    return /^\d+$/.test(name) ? readFileSync(`/proc/${name}/status`, 'utf8') : ''
  } catch {
    return ''
  }
}
