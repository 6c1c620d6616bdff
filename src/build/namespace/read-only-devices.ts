import { readFileSync } from 'node:fs'

/** The devices of this machine that a sandbox shows. */
const shownDevices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'].map(
  (name) => `/dev/${name}`
)

/**
 * A command that runs another one where the machine's device files cannot be changed; what is written to a
 * device still arrives. In a user namespace no device can be made, so a sandbox shows the machine's own;
 * where the machine's root builds, they belong to root inside too, who could change their modes, owners and
 * times for everybody. Done before the user namespace is made: of a mount that comes from outside it the
 * kernel lets nobody inside take the restriction away, which crun does to the mounts that it makes.
 * @param command a program and its arguments
 */
export function withReadOnlyDevices(command: readonly string[]): string[] {
  const mounted = mountPoints(readFileSync('/proc/self/mountinfo', 'utf8'))
  // Programs like this one in a container may find single devices mounted.
  const places = ['/dev', ...shownDevices.filter((device) => mounted.includes(device))]
  const mounts = [
    ...(mounted.includes('/dev') ? [] : ['mount --rbind /dev /dev']),
    ...places.map((place) => `mount -o remount,bind,ro ${place}`)
  ]
  const script = [...mounts, 'exec "$@"'].join(' && ')
  return ['unshare', '--mount', '--', 'sh', '-c', script, 'sh', ...command]
}

/** Where something is mounted, by the fifth field of each line (proc_pid_mountinfo(5)). */
function mountPoints(mountinfo: string): string[] {
  return mountinfo.split('\n').map((line) => line.split(' ')[4] ?? '')
}
