import { constants } from 'node:os'
import { allowedCalls } from './allowed-calls.js'
import { refusedCalls } from './refused-calls.js'

/** Calls that are met by the same answer, as the OCI runtime specification writes them. */
interface Rule {
  readonly names: readonly string[]
  readonly action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO'
  readonly errnoRet?: number
  readonly args?: readonly Condition[]
}

interface Condition {
  /** Which argument, from 0. */
  readonly index: number
  readonly value: number
  readonly valueTwo?: number
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_NE' | 'SCMP_CMP_MASKED_EQ'
}

/**
 * Which system calls a sandbox may make (runtime-spec, config-linux, "Seccomp"). The default is ENOSYS and not
 * EPERM because a runtime passes over the names that are younger than its libseccomp: a C library knows what to
 * do without a call that is not there, but takes EPERM for the answer.
 */
export function seccompProfile(): unknown {
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: constants.errno.ENOSYS,
    ...architectures(process.arch),
    syscalls: rules
  }
}

/** The machine's own calls and those of the older programs that it runs. */
function architectures(machine: string): { architectures?: readonly string[] } {
  if (machine === 'x64') {
    return { architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'] }
  }
  return machine === 'arm64' ? { architectures: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'] } : {}
}

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (clone(2)). */
const namespaceFlags = [
  0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
]

/** All of them. */
const newNamespaces = namespaceFlags.reduce((sum, flag) => sum + flag, 0)

/** Sockets to the hypervisor, past every network namespace (vsock(7)). */
const vsockFamily = 40

/** Linux and Linux with 32-bit addresses, with or without UNAME26; and asking which it is (personality(2)). */
const personalities = [0x0, 0x8, 0x20000, 0x20008, 0xffffffff]

/**
 * `clone` and `socket` are allowed by their flags. Their other forms take these by pointer, where no filter sees
 * them, and are left out: every C library does without `clone3`, and without `socketcall`, which only 32-bit x86
 * has, all but glibc.
 */
const rules: readonly Rule[] = [
  allow(allowedCalls),
  allow(['clone'], { index: 0, value: newNamespaces, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }),
  allow(['socket'], { index: 0, value: vsockFamily, op: 'SCMP_CMP_NE' }),
  ...personalities.map((value) => allow(['personality'], { index: 0, value, op: 'SCMP_CMP_EQ' })),
  refuse(refusedCalls),
  ...namespaceFlags.map((flag) => {
    return refuse(['clone'], { index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' })
  })
]

function allow(names: readonly string[], condition?: Condition): Rule {
  const rule = { names, action: 'SCMP_ACT_ALLOW' } as const
  return condition === undefined ? rule : { ...rule, args: [condition] }
}

function refuse(names: readonly string[], condition?: Condition): Rule {
  const rule = { names, action: 'SCMP_ACT_ERRNO', errnoRet: constants.errno.EPERM } as const
  return condition === undefined ? rule : { ...rule, args: [condition] }
}
