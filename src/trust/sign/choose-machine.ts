import type { Machine } from '../maintainers/maintainers.js'
import { TrustError } from '../trust-error.js'

/**
 * The machine that a signature is to name.
 * @param named what the signer says; else the only machine of theirs with this processor is taken
 * @param cpuVendor what the processor says, in the words of MAINTAINERS; undefined where it does not
 * @returns undefined where it cannot be told: such a signature counts for no vendor
 * @throws TrustError `sign/bad-machine`
 */
export function chooseMachine(
  machines: readonly Machine[],
  person: string,
  named: string | undefined,
  cpuVendor: string | undefined
): Machine | undefined {
  const own = machines.filter((machine) => machine.person === person)
  if (named === undefined) {
    const alike = own.filter((machine) => machine.cpuVendor === cpuVendor)
    return alike.length === 1 ? alike[0] : undefined
  }
  const found = own.find(({ name }) => name === named)
  if (found === undefined) {
    const names = own.map(({ name }) => name).join(' ')
    throw badMachine(`MAINTAINERS has no machine ${named} of ${person}`, names, named)
  }
  if (cpuVendor === undefined || cpuVendor === found.cpuVendor) return found
  throw badMachine(`this is not ${named}: its processor is another`, found.cpuVendor, cpuVendor)
}

/** The vendor of a processor by `/proc/cpuinfo`, in the words of MAINTAINERS. */
export function cpuVendorOf(cpuinfo: string): string | undefined {
  const id = /^vendor_id\s*:\s*(\S+)/m.exec(cpuinfo)?.[1]
  if (id !== undefined) return VENDORS.get(id) ?? id.toLowerCase()
  return /^CPU implementer\s*:/m.test(cpuinfo) ? 'arm' : undefined
}

const VENDORS = new Map([
  ['GenuineIntel', 'intel'],
  ['AuthenticAMD', 'amd']
])

function badMachine(message: string, expected: string, found: string): TrustError {
  return new TrustError('sign/bad-machine', message, { expected, found, kind: 'usage' })
}
