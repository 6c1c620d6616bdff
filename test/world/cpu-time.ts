import { readFileSync } from 'node:fs'

/** The time of processors that this process has taken, in milliseconds: other work on the machine does not count. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The same of the programs that this process has started and waited for (proc(5): cutime, cstime, in hundredths of a second). */
export function childrenCpuMilliseconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return 10 * (Number(fields[13]) + Number(fields[14]))
}
