import type { Finding } from './finding.js'
import type { Rule } from './rule.js'

/** What was found in what a package's files became, by the full name of the package. */
export class Gathered {
  readonly #findings = new Map<string, Finding[]>()
  readonly #asked = new Map<string, Set<string>>()

  add(finding: Finding): void {
    const others = this.#findings.get(finding.package)
    if (others === undefined) this.#findings.set(finding.package, [finding])
    else others.push(finding)
  }

  findingsOf(name: string): readonly Finding[] {
    return this.#findings.get(name) ?? []
  }

  /** Notes that a rule has seen all that there is of a package. */
  setAsked(name: string, rule: Rule): void {
    const others = this.#asked.get(name)
    if (others === undefined) this.#asked.set(name, new Set([rule.name]))
    else others.add(rule.name)
  }

  wasAsked(name: string, rule: Rule): boolean {
    return this.#asked.get(name)?.has(rule.name) ?? false
  }
}
