import { versionForms } from './version-forms.js'

/** What a template's placeholders stand for; those that have no value here are absent. */
export type PlaceholderValues = ReadonlyMap<string, string>

/** An expanded template, or the placeholder that could not be. */
export type Expansion = { readonly text: string } | { readonly text?: never; readonly bad: string }

/** Every placeholder's name; `{file}` stands in `mirrors` only. */
export const PLACEHOLDERS: readonly string[] = [
  'version',
  'version_major',
  'version_major_minor',
  'version_dash',
  'version_under',
  'version_strip_suffix',
  'format',
  'file'
]

/** The values that a version and a format give. */
export function placeholderValues(
  version: string | undefined,
  format: string | undefined
): PlaceholderValues {
  const values = new Map<string, string>()
  if (version !== undefined) {
    const forms = versionForms(version)
    values.set('version', forms.version)
    values.set('version_major', forms.major)
    values.set('version_major_minor', forms.majorMinor)
    values.set('version_dash', forms.dash)
    values.set('version_under', forms.under)
    values.set('version_strip_suffix', forms.stripSuffix)
  }
  if (format !== undefined) values.set('format', format)
  return values
}

/**
 * Replaces each `{name}` of a template. A value is never expanded again, so the length is bounded by the
 * template's. A brace that belongs to no placeholder is bad too.
 */
export function expandTemplate(template: string, values: PlaceholderValues): Expansion {
  let bad: string | undefined
  const text = template.replace(/\{[^{}]*\}?|\}/g, (placeholder) => {
    const value = placeholder.endsWith('}') ? values.get(placeholder.slice(1, -1)) : undefined
    if (value === undefined) bad ??= placeholder
    return value ?? placeholder
  })
  return bad === undefined ? { text } : { bad }
}
