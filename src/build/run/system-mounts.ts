/** A mount as the OCI runtime specification writes it. */
export interface RuntimeMount {
  readonly destination: string
  readonly type: string
  readonly source: string
  readonly options: readonly string[]
}

const inert = ['nosuid', 'noexec', 'nodev']

/** What every sandbox sees of the kernel, as under BuildKit; the control groups, which show the host, left out. */
export const systemMounts: readonly RuntimeMount[] = [
  { destination: '/proc', type: 'proc', source: 'proc', options: inert },
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
    options: [...inert, 'mode=1777', 'size=65536k']
  },
  { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: inert },
  { destination: '/sys', type: 'sysfs', source: 'sysfs', options: [...inert, 'ro'] }
]

/**
 * Paths that show an empty file or folder instead: those that BuildKit masks, and those that only the machine's
 * root may read, as whom a step runs for the kernel where root builds.
 */
export const maskedPaths: readonly string[] = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/kmsg',
  '/proc/kpagecgroup',
  '/proc/kpagecount',
  '/proc/kpageflags',
  '/proc/latency_stats',
  '/proc/pagetypeinfo',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/slabinfo',
  '/proc/vmallocinfo',
  '/sys/firmware',
  '/sys/devices/virtual/powercap'
]

/** Paths through which the kernel of the host could be set up. */
export const readonlyPaths: readonly string[] = [
  '/proc/bus',
  '/proc/fs',
  '/proc/irq',
  '/proc/mtrr',
  '/proc/pressure',
  '/proc/sys',
  '/proc/sysrq-trigger'
]
