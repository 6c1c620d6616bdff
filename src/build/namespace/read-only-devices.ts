import { readFileSync } from 'node:fs'
import { run } from '../../base/process.js'
import { BuildError } from '../build-error.js'

/** The devices of this machine that a sandbox shows. */
const shownDevices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'].map(
  (name) => `/dev/${name}`
)

/**
 * Makes the machine's device files unchangeable in this mount namespace. In a user namespace none can be made,
 * so a sandbox shows the machine's own; where root builds, they belong to root inside too, who could change
 * their modes, owners and times for the whole machine. What is written to a device still arrives.
 * @throws BuildError `sandbox/mount-failed`
 */
export async function makeDevicesReadOnly(): Promise<void> {
  const mounted = mountPoints(readFileSync('/proc/self/mountinfo', 'utf8'))
  if (!mounted.includes('/dev')) await mount('--rbind', '/dev', '/dev')
  // Programs like this one in a container may find single devices mounted.
  for (const place of ['/dev', ...shownDevices.filter((device) => mounted.includes(device))]) {
    await mount('-o', 'remount,bind,ro', place)
  }
}

/** Where something is mounted, by the fifth field of each line (proc_pid_mountinfo(5)). */
function mountPoints(mountinfo: string): string[] {
  return mountinfo.split('\n').map((line) => line.split(' ')[4] ?? '')
}

async function mount(...args: string[]): Promise<void> {
  const { status, stderr } = await run('mount', args)
  if (status === 0) return
  throw new BuildError('sandbox/mount-failed', 'cannot make device files read-only', {
    where: args.at(-1) ?? '/dev',
    found: stderr.trim(),
    hint: 'run ./stagex doctor, which tests each requirement'
  })
}
