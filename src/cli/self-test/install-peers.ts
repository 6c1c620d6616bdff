import { aptInstall, notInstalled } from '../../build/machine/apt.js'
import type { Machine } from '../../build/machine/machine.js'
import { distributionHere } from '../../build/machine/prepare.js'
import { peerPackages } from './peers.js'

/**
 * Installs the programs that tests use, where that is possible: as root, with apt.
 * @param say told, in a line, what is installed or what is missing
 * @throws MachineError `machine/install-failed`
 */
export async function installPeers(machine: Machine, say: (line: string) => void): Promise<void> {
  const wanted = peerPackages.flatMap(({ packages }) => packages)
  if (distributionHere(machine).family !== 'debian') {
    say(`Tests that need one of these programs and do not find it are skipped: ${wanted.join(' ')}`)
    return
  }
  const missing = await notInstalled(wanted)
  if (missing.length === 0) return
  if (machine.uid === 0) {
    say(`Installing ${missing.join(' ')} with apt-get …`)
    await aptInstall(missing)
    return
  }
  say('Tests that need what is not installed here are skipped. To run them too:')
  say(`  sudo apt-get install -y ${missing.join(' ')}`)
}
