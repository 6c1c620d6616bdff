import { detailsOf, type Finding } from './finding.js'
import type { Rule } from './rule.js'

/** A part of a SARIF log. */
export type SarifObject = Readonly<Record<string, unknown>>

/**
 * Findings as a SARIF log (OASIS SARIF 2.1.0), as code review sites read it. Files are named relative to
 * the tree's root, which the log calls TREE and does not tell: it is another one on every machine.
 */
export function sarifLog(findings: readonly Finding[], rules: readonly Rule[]): SarifObject {
  const driver = { name: 'stagex', rules: rules.map(descriptorOf) }
  const indexes = new Map(rules.map(({ name }, index) => [name, index]))
  return {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { TREE: { description: { text: 'The folder that holds packages/' } } },
        results: findings.map((finding) => resultOf(finding, indexes.get(finding.rule) ?? -1))
      }
    ]
  }
}

/** SARIF 2.1.0, 3.49 reportingDescriptor. */
function descriptorOf({ name, summary, reason, level }: Rule): SarifObject {
  return {
    id: name,
    shortDescription: { text: summary },
    fullDescription: { text: reason.trim().replace(/\n/g, ' ') },
    defaultConfiguration: { level }
  }
}

/** SARIF 2.1.0, 3.27 result. */
function resultOf(finding: Finding, ruleIndex: number): SarifObject {
  const text = [finding.message, ...detailsOf(finding)].join('; ')
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: finding.level,
    message: { text },
    locations: [{ physicalLocation: locationOf(finding) }]
  }
}

/** SARIF 2.1.0, 3.29 physicalLocation. */
function locationOf({ file, position }: Finding): SarifObject {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return {
    artifactLocation: { uri, uriBaseId: 'TREE' },
    ...(position && { region: { startLine: position.line, startColumn: position.column } })
  }
}
