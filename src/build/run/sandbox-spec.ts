import { defaultCapabilities } from './capabilities.js'

/** A process in a sandbox and what it sees. */
export interface Sandbox {
  /** The folder that becomes its file system. */
  readonly root: string
  readonly argv: readonly string[]
  readonly env: readonly string[]
  readonly cwd: string
  readonly uid: number
  readonly gid: number
  /** Supplementary groups. */
  readonly groups: readonly number[]
  /** `none`: a loopback interface and nothing else. `host`: the machine's network. */
  readonly network: 'none' | 'host'
  /** Files and folders of ours that it sees, read-only unless said otherwise. */
  readonly binds: readonly Bind[]
}

/** A file or folder shown at another place. */
export interface Bind {
  readonly source: string
  readonly target: string
  readonly writable?: boolean
}

/** The name that programs see as this machine's, as under BuildKit. */
export const sandboxHostname = 'buildkitsandbox'

/** Open files, as the StageX build command sets them: soft, hard. */
const openFiles = { soft: 2048, hard: 16384 }

/**
 * The OCI runtime configuration (runtime-spec 1.0.2) of a sandbox: what BuildKit gives a RUN step, less
 * what would show the host.
 */
export function runtimeConfig(sandbox: Sandbox): unknown {
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: false,
      user: {
        uid: sandbox.uid,
        gid: sandbox.gid,
        umask: 0o022,
        additionalGids: sandbox.groups
      },
      args: sandbox.argv,
      env: sandbox.env,
      cwd: sandbox.cwd,
      capabilities: {
        bounding: defaultCapabilities,
        effective: sandbox.uid === 0 ? defaultCapabilities : [],
        permitted: sandbox.uid === 0 ? defaultCapabilities : []
      },
      rlimits: [{ type: 'RLIMIT_NOFILE', ...openFiles }],
      noNewPrivileges: false
    },
    root: { path: sandbox.root },
    hostname: sandboxHostname,
    mounts: [...systemMounts(sandbox.network), ...sandbox.binds.map(bindMount)],
    linux: {
      namespaces: namespaces(sandbox.network),
      maskedPaths,
      readonlyPaths
    }
  }
}

function namespaces(network: Sandbox['network']): { type: string }[] {
  const types = ['pid', 'mount', 'ipc', 'uts', 'cgroup']
  return (network === 'none' ? [...types, 'network'] : types).map((type) => ({ type }))
}

function systemMounts(network: Sandbox['network']): unknown[] {
  const common = ['nosuid', 'noexec', 'nodev']
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: common },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k']
    },
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5']
    },
    {
      destination: '/dev/shm',
      type: 'tmpfs',
      source: 'shm',
      options: [...common, 'mode=1777', 'size=65536k']
    },
    { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: common },
    sysMount(network)
  ]
}

/** A user namespace may mount sysfs only for a network namespace of its own. */
function sysMount(network: Sandbox['network']): unknown {
  const options = ['nosuid', 'noexec', 'nodev', 'ro']
  return network === 'none'
    ? { destination: '/sys', type: 'sysfs', source: 'sysfs', options }
    : { destination: '/sys', type: 'none', source: '/sys', options: ['rbind', ...options] }
}

function bindMount(bind: Bind): unknown {
  const access = bind.writable === true ? 'rw' : 'ro'
  return {
    destination: bind.target,
    type: 'none',
    source: bind.source,
    options: ['bind', 'nosuid', 'nodev', access]
  }
}

const maskedPaths = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/sys/devices/virtual/powercap'
]

const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']
