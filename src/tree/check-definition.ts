import { checkFields, isTable, type Values } from './check-fields.js'
import { checkLicense } from './check-license.js'
import type { Definition, SourceDefinition } from './definition.js'
import { PACKAGE_FIELDS, ROOT_FIELDS, SOURCE_FIELDS, SOURCE_KEY } from './definition-fields.js'
import { doubtful, type Finding, nearHint, type Report, shown, wrong } from './finding.js'
import type { TomlDocument } from './toml-document.js'

const ROOT_KEYS = ['package', 'sources', ...ROOT_FIELDS.map((field) => field.key)]

/**
 * Checks a parsed package.toml and gives what it says, or undefined after an error. Every problem is
 * reported, not the first one only.
 */
export function checkDefinition(document: TomlDocument, report: Report): Definition | undefined {
  const errors: Finding[] = []
  const note: Report = (finding) => {
    if (finding.severity === 'error') errors.push(finding)
    report(finding)
  }
  checkRootKeys(document, note)
  const fields = checkFields(document['package'], ['package'], PACKAGE_FIELDS, note)
  const sources = checkSources(document['sources'], note)
  if (fields === undefined) return undefined
  checkVersions(fields, note)
  checkLicense(fields.lists.get('license') ?? [], note)
  return errors.length > 0 ? undefined : definition(fields, sources)
}

function checkRootKeys(document: TomlDocument, report: Report): void {
  for (const key of Object.keys(document)) {
    if (ROOT_KEYS.includes(key)) continue
    const details = { at: 'key', found: shown(key), ...nearHint(key, ROOT_KEYS) } as const
    report(doubtful('tree/unknown-key', [key], `unknown key \`${key}\``, details))
  }
}

function checkSources(value: unknown, report: Report): SourceDefinition[] {
  if (value === undefined) return []
  if (!isTable(value)) {
    report(wrong('tree/wrong-type', ['sources'], '`sources` is no table', { found: shown(value) }))
    return []
  }
  return Object.entries(value).flatMap(([key, table]) => checkSource(key, table, report) ?? [])
}

function checkSource(key: string, table: unknown, report: Report): SourceDefinition | undefined {
  const path = ['sources', key]
  if (!SOURCE_KEY.pattern.test(key)) {
    const details = { at: 'key', expected: SOURCE_KEY.expected, found: shown(key) } as const
    report(wrong('tree/bad-value', path, 'this cannot be the key of a source', details))
  }
  const fields = checkFields(table, path, SOURCE_FIELDS, report)
  if (fields === undefined) return undefined
  return {
    key,
    hash: fields.texts.get('hash')?.toLowerCase() ?? '',
    mirrors: fields.lists.get('mirrors') ?? [],
    ...optional('version', fields.texts.get('version')),
    ...optional('file', fields.texts.get('file')),
    ...optional('format', fields.texts.get('format')),
    ...optional('gitSha', fields.texts.get('git_sha'))
  }
}

function checkVersions(fields: Values, report: Report): void {
  if (!fields.texts.has('version') || !fields.texts.has('version_from')) return
  const message = '`version` and `version_from` exclude each other'
  const details = { at: 'key', hint: 'keep one of them' } as const
  report(wrong('tree/conflicting-keys', ['package', 'version_from'], message, details))
}

function definition(fields: Values, sources: SourceDefinition[]): Definition {
  const { texts, lists } = fields
  return {
    name: texts.get('name') ?? '',
    ...optional('version', texts.get('version')),
    ...optional('versionFrom', texts.get('version_from')),
    ...optional('description', texts.get('description')),
    ...optional('license', joinLicenses(lists.get('license') ?? [])),
    ...optional('website', texts.get('website')),
    subpackages: lists.get('subpackages') ?? [],
    platforms: lists.get('platforms') ?? [],
    sources
  }
}

function joinLicenses(entries: readonly string[]): string | undefined {
  if (entries.length < 2) return entries[0]
  return entries.map((entry) => (/\sOR\s/i.test(entry) ? `(${entry})` : entry)).join(' AND ')
}

function optional<Key extends string>(
  key: Key,
  value: string | undefined
): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, string>)
}
