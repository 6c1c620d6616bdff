import type { Source } from '../source/source.js'
import type { SourceDefinition } from './definition.js'
import { doubtful, nearHint, type Report, shown, type TomlPath, wrong } from './finding.js'
import {
  expandTemplate,
  PLACEHOLDERS,
  placeholderValues,
  type PlaceholderValues
} from './placeholders.js'

/** Mirrors that can be fetched from; others may stand in a foreign tree and are passed over. */
const SCHEMES = /^(?:https?|file|debian):/i

/** Expands the placeholders of a package's sources. What cannot be expanded is reported and left out. */
export function expandSources(
  definitions: readonly SourceDefinition[],
  packageVersion: string | undefined,
  report: Report
): Source[] {
  const sources = definitions.flatMap(
    (definition) => expandSource(definition, packageVersion, report) ?? []
  )
  reportClashes(sources, report)
  return sources
}

function expandSource(
  definition: SourceDefinition,
  packageVersion: string | undefined,
  report: Report
): Source | undefined {
  const values = placeholderValues(definition.version ?? packageVersion, definition.format)
  const file = expandFileName(definition, values, report)
  if (file === undefined) return undefined
  const mirrors = expandMirrors(definition, new Map([...values, ['file', file]]), report)
  const { key, hash, version, format, gitSha } = definition
  return {
    key,
    hash,
    mirrors,
    file,
    ...(version === undefined ? {} : { version }),
    ...(format === undefined ? {} : { format }),
    ...(gitSha === undefined ? {} : { gitSha })
  }
}

function expandFileName(
  definition: SourceDefinition,
  values: PlaceholderValues,
  report: Report
): string | undefined {
  const written = definition.file !== undefined
  const path: TomlPath = ['sources', definition.key, ...(written ? ['file'] : ['mirrors', 0])]
  const template = definition.file ?? lastSegment(definition.mirrors[0] ?? '')
  const text = expand(template, values, path, report)
  if (text === undefined) return undefined
  if (isFileName(text)) return text
  const details = { expected: 'the name of a file, without a folder', found: shown(text) }
  report(wrong('tree/bad-file-name', path, 'this cannot be the name of a fetched file', details))
  return undefined
}

function expandMirrors(
  definition: SourceDefinition,
  values: PlaceholderValues,
  report: Report
): string[] {
  return definition.mirrors.flatMap((template, index) => {
    const path = ['sources', definition.key, 'mirrors', index]
    const mirror = expand(template, values, path, report)
    if (mirror !== undefined && !SCHEMES.test(mirror)) {
      const details = { expected: 'https:, http:, file: or debian:', found: shown(mirror) }
      report(doubtful('tree/unsupported-mirror', path, 'nothing can be fetched from here', details))
    }
    return mirror ?? []
  })
}

function expand(
  template: string,
  values: PlaceholderValues,
  path: TomlPath,
  report: Report
): string | undefined {
  const expansion = expandTemplate(template, values)
  if (expansion.text !== undefined) return expansion.text
  const name = expansion.bad.slice(1, -1)
  const message = PLACEHOLDERS.includes(name)
    ? `\`${expansion.bad}\` has no value here`
    : 'there is no such placeholder'
  const details = {
    expected: values.size === 0 ? 'no placeholders' : `one of {${[...values.keys()].join('}, {')}}`,
    found: shown(expansion.bad),
    ...(PLACEHOLDERS.includes(name) ? {} : nearHint(name, PLACEHOLDERS))
  }
  report(wrong('tree/bad-placeholder', path, message, details))
  return undefined
}

/** The last path segment of a URL, query and fragment left away. */
function lastSegment(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  return path.slice(Math.max(path.lastIndexOf('/'), path.indexOf(':')) + 1)
}

/** One path segment that no file system or tool takes for something else. */
function isFileName(name: string): boolean {
  return /^[^/\0-\x1f\x7f]+$/.test(name) && !/^\.\.?$/.test(name) && Buffer.byteLength(name) <= 255
}

function reportClashes(sources: readonly Source[], report: Report): void {
  const hashes = new Map<string, string>()
  const keys = new Set<string>()
  for (const source of sources) {
    const path = ['sources', source.key]
    if ((hashes.get(source.file) ?? source.hash) !== source.hash) {
      const details = { found: shown(source.file), hint: 'give one of them another `file`' }
      const message = 'two sources with different bytes have one file name'
      report(wrong('tree/duplicate-file', path, message, details))
    }
    if (keys.has(source.key.toUpperCase())) {
      const details = { at: 'key', found: shown(source.key) } as const
      const message = 'another source gives the same build arguments'
      report(wrong('tree/duplicate-argument', path, message, details))
    }
    hashes.set(source.file, source.hash)
    keys.add(source.key.toUpperCase())
  }
}
