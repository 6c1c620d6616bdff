import { type Finding, formatFinding } from '../../audit/lint/finding.js'
import type { Level, Rule } from '../../audit/lint/rule.js'
import { counted } from '../readable.js'

/** What `stagex check --rules --json` prints of one rule. */
interface RuleRow {
  readonly name: string
  readonly level: Level
  readonly summary: string
}

export function ruleRows(rules: readonly Rule[]): RuleRow[] {
  return rules.map(({ name, level, summary }) => ({ name, level, summary }))
}

export function renderRules(rules: readonly Rule[]): string {
  const width = Math.max(0, ...rules.map(({ name }) => name.length))
  return rules.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join('')
}

/** One line for each finding, and their number; nothing where there are none. */
export function renderFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const packages = new Set(findings.map((finding) => finding.package)).size
  const lines = findings.map((finding) => `${formatFinding(finding)}\n`)
  return `${lines.join('')}${counted(findings.length, 'finding')} in ${counted(packages, 'package')}\n`
}
