import { checkFields, isTable, type Values } from '../../tree/check-fields.js'
import type { Field } from '../../tree/definition-fields.js'
import { doubtful, type Finding, nearHint, type Report, shown, wrong } from '../../tree/finding.js'
import type { TomlDocument } from '../../tree/toml-document.js'
import { KEY_FIELDS, MACHINE_FIELDS, MAINTAINER_ID, PERSON_FIELDS } from './maintainer-fields.js'
import type { ListedKey, Machine, Maintainers, Person } from './maintainers.js'

const SECTIONS = ['people', 'keys', 'machines']

/** More would be no list of people any more; it bounds what the checks after this one cost. */
const MAX_ENTRIES = 1000

/**
 * Checks a parsed MAINTAINERS and gives what it says, or undefined after an error. Every problem is
 * reported, not the first one only.
 */
export function checkMaintainersDocument(
  document: TomlDocument,
  report: Report
): Maintainers | undefined {
  const errors: Finding[] = []
  const note: Report = (finding) => {
    if (finding.severity === 'error') errors.push(finding)
    report(finding)
  }
  reportUnknownSections(document, note)
  const people = peopleOf(document['people'], note)
  const known = new Set(people.map(({ id }) => id))
  const keys = ownedTables(document, 'keys', KEY_FIELDS, known, note).map(listedKey)
  const machines = ownedTables(document, 'machines', MACHINE_FIELDS, known, note).map(machineOf)
  reportSharedKeys(keys, note)
  return errors.length > 0 ? undefined : { people, keys, machines }
}

function reportUnknownSections(document: TomlDocument, report: Report): void {
  for (const key of Object.keys(document).slice(0, MAX_ENTRIES)) {
    if (SECTIONS.includes(key)) continue
    const details = { at: 'key', found: shown(key), ...nearHint(key, SECTIONS) } as const
    const path = asWritten([key], document[key])
    report(doubtful('tree/unknown-key', path, `unknown key \`${key}\``, details))
  }
}

function peopleOf(value: unknown, report: Report): Person[] {
  const entries = entriesOf(value, ['people'], report)
  if (value === undefined || (isTable(value) && entries.length === 0)) {
    report(wrong('tree/missing-key', ['people'], 'nobody is listed: there is no `[people.…]`'))
  }
  return entries.flatMap(([id, table]) => {
    const fields = checkFields(table, ['people', id], PERSON_FIELDS, report)
    if (fields === undefined) return []
    const name = fields.texts.get('name')
    return [
      { id, ...(name === undefined ? {} : { name }), emails: fields.lists.get('email') ?? [] }
    ]
  })
}

/** A table of a table below a person: `[keys.alice.main]`. */
interface OwnedTable {
  readonly person: string
  readonly name: string
  readonly fields: Values
}

function ownedTables(
  document: TomlDocument,
  section: string,
  fields: readonly Field[],
  people: ReadonlySet<string>,
  report: Report
): OwnedTable[] {
  return entriesOf(document[section], [section], report).flatMap(([person, owned]) => {
    if (!people.has(person)) report(unknownPerson([section, person], owned, people))
    return entriesOf(owned, [section, person], report).flatMap(([name, table]) => {
      const values = checkFields(table, [section, person, name], fields, report)
      return values === undefined ? [] : [{ person, name, fields: values }]
    })
  })
}

function entriesOf(value: unknown, path: string[], report: Report): [string, unknown][] {
  if (value === undefined) return []
  if (!isTable(value)) {
    const details = { expected: 'a table', found: shown(value) }
    report(wrong('tree/wrong-type', path, `\`${path.join('.')}\` is no table`, details))
    return []
  }
  const entries = Object.entries(value)
  if (entries.length > MAX_ENTRIES) {
    const details = { expected: `at most ${MAX_ENTRIES}`, found: String(entries.length) }
    report(wrong('tree/bad-value', path, `\`${path.join('.')}\` has too many entries`, details))
  }
  return entries.slice(0, MAX_ENTRIES).filter(([key]) => {
    const good = MAINTAINER_ID.pattern.test(key)
    const details = { at: 'key', expected: MAINTAINER_ID.expected, found: shown(key) } as const
    if (!good) report(wrong('tree/bad-value', [...path, key], 'this cannot be a name', details))
    return good
  })
}

function unknownPerson(path: string[], owned: unknown, people: ReadonlySet<string>): Finding {
  const [, person = ''] = path
  const message = `\`${person}\` is nobody of \`[people]\``
  const details = { at: 'key', ...nearHint(person, people) } as const
  return wrong('tree/unknown-person', asWritten(path, owned), message, details)
}

/** The header `[a.b.c]` writes the table `a` down nowhere but there. */
function asWritten(path: string[], value: unknown): string[] {
  const [first] = isTable(value) ? Object.entries(value) : []
  if (first === undefined || path.length === 3) return path
  return asWritten([...path, first[0]], first[1])
}

function listedKey({ person, name, fields }: OwnedTable): ListedKey {
  const written = fields.texts.get('fingerprint') ?? ''
  const fingerprint = written.replace(/^0x/, '').replaceAll(' ', '').toLowerCase()
  return { person, name, fingerprint }
}

function machineOf({ person, name, fields: { texts } }: OwnedTable): Machine {
  const kind = texts.get('kind')
  return {
    person,
    name,
    architecture: texts.get('architecture') ?? '',
    cpuVendor: (texts.get('cpu_vendor') ?? '').toLowerCase(),
    ...(kind === 'metal' || kind === 'vm' ? { kind } : {})
  }
}

/** One key of two people would let one of them sign as two. */
function reportSharedKeys(keys: readonly ListedKey[], report: Report): void {
  const owners = new Map<string, ListedKey>()
  for (const key of keys.filter(({ fingerprint }) => fingerprint !== '')) {
    const owner = owners.get(key.fingerprint)
    owners.set(key.fingerprint, owner ?? key)
    if (owner === undefined) continue
    const path = ['keys', key.person, key.name, 'fingerprint']
    const details = { found: `the key \`${owner.name}\` of \`${owner.person}\`` }
    report(wrong('tree/duplicate-key', path, 'this key is listed twice', details))
  }
}
