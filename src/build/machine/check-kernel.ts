import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from './finding.js'
import { i386Program } from './i386-program.js'
import type { Machine } from './machine.js'
import { probeAnywhere } from './probe-folder.js'

/** Overlay file systems in a user namespace, with the options we mount them with, came with Linux 5.11. */
const oldestKernel = [5, 11] as const

/** A build is made of Linux's namespaces. */
export function checkKernel({ platform, kernelRelease }: Machine): Finding {
  const about = { requirement: 'kernel', purpose: 'namespaces and overlays' } as const
  if (platform !== 'linux') {
    const text = 'Run stagex on Linux, or in a virtual machine that runs it.'
    return { ...about, standing: 'missing', found: platform, remedy: { kind: 'advice', text } }
  }
  const [major = 0, minor = 0] = kernelRelease.split('.').map((part) => Number.parseInt(part, 10))
  const [oldestMajor, oldestMinor] = oldestKernel
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
    return { ...about, standing: 'ok', found: `Linux ${kernelRelease}`, version: kernelRelease }
  }
  const text = `Start a kernel of version ${oldestKernel.join('.')} or newer.`
  const remedy = { kind: 'advice', text } as const
  return { ...about, standing: 'missing', found: `Linux ${kernelRelease}`, remedy }
}

/** The first stages of the bootstrap are 32-bit programs, which a 64-bit kernel may refuse to run. */
export async function checkI386(machine: Machine): Promise<Finding> {
  const about = { requirement: 'i386', purpose: 'runs the first bootstrap stages' } as const
  const folder = probeAnywhere(machine)
  try {
    const program = join(folder, 'program')
    writeFileSync(program, i386Program, { mode: 0o755 })
    const complaint = await complaintOf(machine, program)
    if (complaint === undefined) return { ...about, standing: 'ok', found: 'runs 32-bit programs' }
    const remedy = { kind: 'advice', text: i386Advice(machine) } as const
    return { ...about, standing: 'missing', found: complaint, remedy }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function complaintOf(machine: Machine, program: string): Promise<string | undefined> {
  try {
    const { status } = await machine.run(program, [])
    return status === 0 ? undefined : `a 32-bit program ended with status ${status}`
  } catch (error) {
    return `a 32-bit program does not start: ${(error as Error).message}`
  }
}

function i386Advice({ architecture }: Machine): string {
  if (architecture === 'x64') {
    return 'Start a kernel built with CONFIG_IA32_EMULATION, without ia32_emulation=0 on its command line.'
  }
  return 'Install qemu-user with its binfmt registration for i386.'
}

/** Without a delegated cgroup, limits on a step's memory and processes cannot be set. */
export function checkCgroup(machine: Machine): Finding {
  const about = { requirement: 'cgroup', purpose: 'limits memory and processes' } as const
  const unified = machine.readText('/sys/fs/cgroup/cgroup.controllers')
  if (unified === undefined) {
    return { ...about, standing: 'degraded', found: 'no cgroup version 2 hierarchy' }
  }
  const own = /^0::(.*)$/m.exec(machine.readText('/proc/self/cgroup') ?? '')?.[1] ?? '/'
  if (machine.mayWrite(join('/sys/fs/cgroup', own))) {
    return { ...about, standing: 'ok', found: `version 2, ${own}` }
  }
  return { ...about, standing: 'degraded', found: `version 2, ${own} belongs to somebody else` }
}
