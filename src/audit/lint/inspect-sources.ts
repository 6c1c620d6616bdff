import { join, relative } from 'node:path'
import type { Source } from '../../source/source.js'
import { SourceStore } from '../../source/source-store.js'
import { DefinitionText } from './definition-text.js'
import type { Finding } from './finding.js'
import type { Gathered } from './gathered.js'
import type { Inspection } from './inspect-images.js'
import { packageFiles } from './package-files.js'
import type { SourceRule } from './rule.js'
import { sourceMembers } from './source-members.js'

/**
 * Asks the rules about the members of those sources that are in the store; nothing is fetched.
 * @throws SourceError `source/store`; BuildError `build/unsupported`
 */
export async function inspectSources(inspection: Inspection, gathered: Gathered): Promise<void> {
  const { tree, home, packages, rules } = inspection
  const asked = rules.filter((rule): rule is SourceRule => rule.on === 'source')
  if (asked.length === 0) return
  const store = new SourceStore(home)
  for (const { fullName, directory, sources } of packages) {
    const text = packageFiles(tree.root, fullName).texts.get('package.toml') ?? ''
    const definition = new DefinitionText(text)
    let isComplete = true
    for (const source of sources) {
      const found = await sourceFindings(source, store, asked)
      if (found === undefined) isComplete = false
      const position = definition.positionOf(['sources', source.key])
      const file = relative(tree.root, join(directory, 'package.toml'))
      for (const each of found ?? []) gathered.add({ ...each, package: fullName, file, position })
    }
    if (isComplete) for (const rule of asked) gathered.setAsked(fullName, rule)
  }
}

/** Findings told of one source; an archive could hold millions. */
const MOST_FINDINGS = 10_000

/** Undefined where the source was not fetched yet. */
async function sourceFindings(
  { key, hash }: Source,
  store: SourceStore,
  rules: readonly SourceRule[]
): Promise<Omit<Finding, 'package' | 'file'>[] | undefined> {
  const path = await store.verified(hash)
  if (path === undefined) return undefined
  const findings: Omit<Finding, 'package' | 'file'>[] = []
  for await (const member of sourceMembers(path)) {
    for (const rule of rules) {
      const remark = findings.length < MOST_FINDINGS ? rule.check(member) : undefined
      if (remark === undefined) continue
      const message = `the source \`${key}\` holds ${remark.message}`
      findings.push({ message, rule: rule.name, level: rule.level, paths: [remark.path] })
    }
  }
  return findings
}
