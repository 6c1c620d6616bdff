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
  /** Beside `/proc`, `/dev` and `/sys`; one below another comes after it. */
  readonly mounts: readonly SandboxMount[]
  readonly limits: SandboxLimits
  /** Whether its standard streams are a terminal. */
  readonly terminal?: boolean
}

/** What stands in the sandbox at a place of its own. */
export type SandboxMount = Bind | Tmpfs

/** A file or folder of ours, shown at another place. */
export interface Bind {
  readonly kind: 'bind'
  readonly source: string
  readonly target: string
  readonly writable: boolean
}

/** An empty folder in memory, which is gone with the sandbox. */
export interface Tmpfs {
  readonly kind: 'tmpfs'
  readonly target: string
  /** In bytes; absent: half of the machine's memory, the kernel's own limit. */
  readonly size?: number
}

/** How much a sandbox may take; absent: as much as there is. */
export interface SandboxLimits {
  /** Wall time in seconds, after which it is ended. */
  readonly seconds?: number
  /** Address space of each of its processes, in bytes. */
  readonly memoryBytes?: number
}
