import type { Distribution } from './distribution.js'
import type { Finding, Provision } from './finding.js'
import { installCommand, packagesFor } from './package-names.js'

/** What a person has to do about everything that is missing. */
export interface Remedies {
  /** One command line that does all that commands can do; undefined where they can do nothing. */
  readonly command: string | undefined
  /** What remains for a person, a sentence each. */
  readonly advice: readonly string[]
}

/** @param uid of the user who will run the command: others than root are told to use sudo */
export function remediesOf(
  findings: readonly Finding[],
  distribution: Distribution,
  uid: number
): Remedies {
  const provisions = provisionsOf(findings)
  const install = provisions.length === 0 ? undefined : installing(distribution, provisions)
  const commands = findings.flatMap(({ remedy }) =>
    remedy?.kind === 'command' ? [remedy.command] : []
  )
  const asRoot = [...(install === undefined ? [] : [install]), ...commands].map((command) =>
    uid === 0 ? command : `sudo ${command}`
  )
  const advice = findings.flatMap(({ remedy }) => (remedy?.kind === 'advice' ? [remedy.text] : []))
  const byHand =
    install === undefined && provisions.length > 0
      ? [`Install what ${distribution.name} calls ${provisions.join(', ')}.`]
      : []
  return {
    command: asRoot.length === 0 ? undefined : asRoot.join(' && '),
    advice: [...byHand, ...advice]
  }
}

/** What packages could bring, each once. */
export function provisionsOf(findings: readonly Finding[]): Provision[] {
  const provisions = findings.flatMap(({ remedy }) =>
    remedy?.kind === 'package' ? [remedy.provision] : []
  )
  return [...new Set(provisions)]
}

function installing(distribution: Distribution, provisions: Provision[]): string | undefined {
  const { family } = distribution
  return family && installCommand(distribution, packagesFor(family, provisions))
}
