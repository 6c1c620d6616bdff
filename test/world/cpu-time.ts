/** The time of processors that this process has taken, in milliseconds: other work on the machine does not count. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
