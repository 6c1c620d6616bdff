import { aptInstall } from './apt.js'
import { type Distribution, distributionOf } from './distribution.js'
import type { Finding, Requirement } from './finding.js'
import { inspectMachine } from './inspect.js'
import { type Scope, isKnownGood, rememberGood } from './known-good.js'
import type { Machine } from './machine.js'
import { MachineError } from './machine-error.js'
import { packagesFor } from './package-names.js'
import { provisionsOf, remediesOf } from './remedy.js'

/**
 * Makes sure that images can be built on this machine: what is missing is installed where that is possible
 * (as root, with apt), otherwise the person is told what to do.
 * @param scope `without-i386` where nothing for linux/386 will be built
 * @param say told, in a line, what takes time
 * @throws MachineError `machine/incomplete`, `machine/install-failed`
 */
export async function prepareMachine(
  machine: Machine,
  scope: Scope,
  say: (line: string) => void = () => undefined
): Promise<void> {
  if (isKnownGood(machine, scope)) return
  const distribution = distributionHere(machine)
  let missing = missingOf(await inspectMachine(machine), scope)
  const packages = installable(machine, distribution, missing)
  if (packages.length > 0) {
    say(`Installing ${packages.join(' ')} with apt-get …`)
    await aptInstall(packages)
    missing = missingOf(await inspectMachine(machine), scope)
  }
  if (missing.length > 0) throw incomplete(missing, distribution, machine.uid)
  rememberGood(machine, scope)
}

/** The distribution that `machine` runs. */
export function distributionHere({ readText }: Machine): Distribution {
  return distributionOf(readText('/etc/os-release') ?? readText('/usr/lib/os-release'))
}

function missingOf(findings: readonly Finding[], scope: Scope): Finding[] {
  const missing = findings.filter(({ standing }) => standing === 'missing')
  const ignored = new Set<Requirement>(scope === 'all' ? [] : ['i386'])
  // A store that cannot be written is no fault of the machine: the build says so when it opens the store.
  if (missing.some(({ requirement }) => requirement === 'store'))
    ignored.add('store').add('overlay')
  return missing.filter(({ requirement }) => !ignored.has(requirement))
}

function installable(
  machine: Machine,
  { family }: Distribution,
  missing: readonly Finding[]
): string[] {
  const possible = machine.uid === 0 && family === 'debian' && machine.findProgram('apt-get')
  return possible ? packagesFor('debian', provisionsOf(missing)) : []
}

function incomplete(
  missing: readonly Finding[],
  distribution: Distribution,
  uid: number
): MachineError {
  const { command, advice } = remediesOf(missing, distribution, uid)
  const steps = [...(command === undefined ? [] : [`Run: ${command}`]), ...advice]
  const lines = missing.map(({ requirement, found }) => `${requirement}: ${found}`)
  return new MachineError('machine/incomplete', 'this machine lacks what a build needs', {
    kind: 'usage',
    found: lines.join('\n'),
    hint: [...steps, 'stagex doctor shows everything that was looked at.'].join('\n')
  })
}
