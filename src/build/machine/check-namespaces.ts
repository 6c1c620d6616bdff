import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Finding, Remedy } from './finding.js'
import type { Machine } from './machine.js'
import { probeBesideStore } from './probe-folder.js'

/** The namespaces that a build enters, with the caller as root in them. */
const enter = [
  '--user',
  '--map-root-user',
  '--mount',
  '--pid',
  '--fork',
  '--mount-proc',
  '--ipc',
  '--'
]

/**
 * Mounts an overlay as the builder does, and makes it write down a deletion and a replaced folder: the two
 * facts that not every file system can keep in a user namespace.
 */
const overlayProbe = `
set -e
cd "$1"
mkdir lower upper work merged lower/folder
: >lower/file
mount -t overlay overlay -o "$2,lowerdir=lower,upperdir=upper,workdir=work" merged
rm merged/file
rmdir merged/folder
mkdir merged/folder
umount merged
# The kernel leaves a folder here that its owner may not look into outside of the namespace.
rm -r work
`
const overlayOptions = 'volatile,userxattr,index=off,metacopy=off'

/** Tries to enter the namespaces of a build and to mount an overlay in them. */
export async function checkNamespaces(machine: Machine): Promise<Finding[]> {
  const userNamespace = await checkUserNamespace(machine)
  const overlay = { requirement: 'overlay', purpose: 'snapshots of file systems' } as const
  if (userNamespace.standing === 'ok') return [userNamespace, await checkOverlay(machine)]
  return [
    userNamespace,
    { ...overlay, standing: 'missing', found: 'not tried: it needs a user namespace' }
  ]
}

async function checkUserNamespace(machine: Machine): Promise<Finding> {
  const about = { requirement: 'user-namespace', purpose: 'builds without root' } as const
  const complaint = await complaintOf(machine, [...enter, 'true'])
  if (complaint === undefined) return { ...about, standing: 'ok', found: 'can be entered' }
  return { ...about, standing: 'missing', found: complaint, remedy: unblock(machine) }
}

/** Why a namespace may be refused: the settings of the kernels and distributions that refuse it. */
function unblock({ uid, readText }: Machine): Remedy {
  const setting = (name: string): string | undefined => {
    return readText(`/proc/sys/${name.replaceAll('.', '/')}`)?.trim()
  }
  if (setting('user.max_user_namespaces') === '0') return allow('user.max_user_namespaces=15000')
  if (uid !== 0 && setting('kernel.unprivileged_userns_clone') === '0') {
    return allow('kernel.unprivileged_userns_clone=1')
  }
  if (uid !== 0 && setting('kernel.apparmor_restrict_unprivileged_userns') === '1') {
    return allow('kernel.apparmor_restrict_unprivileged_userns=0')
  }
  return {
    kind: 'advice',
    text:
      'Allow user namespaces: in a container, start it with the permission to make them ' +
      '(Docker and Podman: --security-opt seccomp=unconfined --security-opt systempaths=unconfined).'
  }
}

/** Sets a kernel parameter now and at every start of the machine. */
function allow(setting: string): Remedy {
  const file = '/etc/sysctl.d/60-stagex.conf'
  return { kind: 'command', command: `sh -c 'echo ${setting} >>${file} && sysctl -p ${file}'` }
}

async function checkOverlay(machine: Machine): Promise<Finding> {
  const about = { requirement: 'overlay', purpose: 'snapshots of file systems' } as const
  const made = probeBesideStore(machine)
  if ('refusal' in made) {
    return { ...about, standing: 'missing', found: 'not tried: the store cannot be written' }
  }
  const { folder } = made
  const place = dirname(folder)
  try {
    const probe = ['sh', '-c', overlayProbe, 'sh', folder, overlayOptions]
    const complaint = await complaintOf(machine, [...enter, ...probe])
    if (complaint === undefined) return { ...about, standing: 'ok', found: `works in ${place}` }
    const text = `Put the store on another file system (ext4, xfs, btrfs): set STAGEX_HOME to a folder there.`
    const remedy = { kind: 'advice', text } as const
    return { ...about, standing: 'missing', found: `${place}: ${complaint}`, remedy }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What `unshare` and the program under it complain of; undefined where they succeed. */
async function complaintOf(machine: Machine, args: readonly string[]): Promise<string | undefined> {
  try {
    const { status, stderr } = await machine.run('unshare', args)
    return status === 0 ? undefined : stderr.trim() || `unshare ended with status ${status}`
  } catch (error) {
    return (error as Error).message
  }
}
