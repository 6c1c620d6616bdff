import { checkCgroup, checkI386, checkKernel } from './check-kernel.js'
import { checkNamespaces } from './check-namespaces.js'
import {
  checkIdMapping,
  checkNode,
  checkNpm,
  checkRuntime,
  checkUtilLinux
} from './check-programs.js'
import { checkSubordinateIds } from './check-subordinate-ids.js'
import { checkStore } from './check-store.js'
import type { Finding } from './finding.js'
import type { Machine } from './machine.js'

/** Tries out everything that a build needs of the machine, and says what was found, in a fixed order. */
export async function inspectMachine(machine: Machine): Promise<Finding[]> {
  const [npm, utilLinux, runtime, namespaces, i386] = await Promise.all([
    checkNpm(machine),
    checkUtilLinux(machine),
    checkRuntime(machine),
    checkNamespaces(machine),
    checkI386(machine)
  ])
  return [
    checkKernel(machine),
    checkNode(machine),
    npm,
    utilLinux,
    checkIdMapping(machine),
    checkSubordinateIds(machine),
    runtime,
    checkStore(machine),
    ...namespaces,
    i386,
    checkCgroup(machine)
  ]
}
