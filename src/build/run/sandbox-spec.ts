import { readFileSync } from 'node:fs'
import { defaultCapabilities } from './capabilities.js'
import { resourceLimits } from './resource-limits.js'
import type { Sandbox, SandboxMount } from './sandbox.js'
import { seccompProfile } from './seccomp/profile.js'
import { type RuntimeMount, maskedPaths, readonlyPaths, systemMounts } from './system-mounts.js'

/** The name that programs see as this machine's, as under BuildKit. */
export const sandboxHostname = 'buildkitsandbox'

/**
 * The OCI runtime configuration (runtime-spec 1.0.2) of a sandbox: what BuildKit gives a RUN step, less
 * what would show the host.
 */
export function runtimeConfig(sandbox: Sandbox): object {
  return {
    ociVersion: '1.0.2',
    process: processOf(sandbox),
    root: { path: sandbox.root },
    hostname: sandboxHostname,
    mounts: [...systemMounts, ...sandbox.mounts.map(mountOf)],
    linux: {
      namespaces: namespaces.map((type) => ({ type })),
      maskedPaths,
      readonlyPaths,
      seccomp: seccompProfile()
    }
  }
}

/** All that there are but the user's: the builder is in one already. */
const namespaces = ['pid', 'mount', 'ipc', 'uts', 'cgroup', 'network']

function processOf({
  uid,
  gid,
  groups,
  argv,
  env,
  cwd,
  limits,
  terminal = false
}: Sandbox): unknown {
  const held = uid === 0 ? defaultCapabilities : []
  return {
    terminal,
    // The engine lists the user's own group among the others, which id(1) shows.
    user: { uid, gid, umask: 0o022, additionalGids: [gid, ...groups] },
    args: argv,
    env,
    cwd,
    capabilities: { bounding: defaultCapabilities, effective: held, permitted: held },
    rlimits: resourceLimits(limits, readFileSync('/proc/self/limits', 'utf8')),
    noNewPrivileges: false
  }
}

function mountOf(mount: SandboxMount): RuntimeMount {
  const { target: destination } = mount
  if (mount.kind === 'tmpfs') {
    const size = mount.size === undefined ? [] : [`size=${mount.size}`]
    const options = ['nosuid', 'nodev', 'mode=1777', ...size]
    return { destination, type: 'tmpfs', source: 'tmpfs', options }
  }
  const access = mount.writable ? 'rw' : 'ro'
  return { destination, type: 'none', source: mount.source, options: ['bind', 'nodev', access] }
}
