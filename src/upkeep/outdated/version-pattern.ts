import { versionForms } from '../../tree/version-forms.js'

/** A part of a version that a placeholder stands for. */
type Part = 'version' | 'under' | 'dash' | 'stripSuffix' | 'major' | 'majorMinor'

const parts: Readonly<Record<string, Part>> = {
  '{version}': 'version',
  '{version_under}': 'under',
  '{version_dash}': 'dash',
  '{version_strip_suffix}': 'stripSuffix',
  '{version_major}': 'major',
  '{version_major_minor}': 'majorMinor'
}

/** A name with one placeholder for a version in it. */
export interface VersionPattern {
  readonly prefix: string
  readonly suffix: string
  readonly part: Part
}

/** A version, or the beginning of one, and the name that has it. */
export interface NamedVersion {
  readonly name: string
  readonly version: string
}

/** Reads one segment of a mirror's path; undefined where it has no placeholder, or more than one. */
export function versionPattern(segment: string): VersionPattern | undefined {
  const [placeholder, ...others] = segment.match(/\{[a-z_]*\}/g) ?? []
  const part = parts[placeholder ?? '']
  if (placeholder === undefined || part === undefined || others.length > 0) return undefined
  const start = segment.indexOf(placeholder)
  return {
    prefix: segment.slice(0, start),
    suffix: segment.slice(start + placeholder.length),
    part
  }
}

/** Whether the pattern's names tell whole versions, and not only how they begin. */
export function isWhole({ part }: VersionPattern): boolean {
  return part !== 'major' && part !== 'majorMinor'
}

/** The versions that names tell. */
export function versionsIn(pattern: VersionPattern, names: readonly string[]): NamedVersion[] {
  return names.flatMap((name) => {
    const version = versionIn(pattern, name)
    return version === undefined ? [] : [{ name, version }]
  })
}

function versionIn({ prefix, suffix, part }: VersionPattern, name: string): string | undefined {
  const fits = name.length > prefix.length + suffix.length
  if (!fits || !name.startsWith(prefix) || !name.endsWith(suffix)) return undefined
  const found = name.slice(prefix.length, name.length - suffix.length)
  const version = part === 'under' || part === 'dash' ? found.replace(/[-_]/g, '.') : found
  // What is offered as a version is printed, and may be typed into a command.
  if (!/^[A-Za-z0-9_]?\d[A-Za-z0-9._+~-]{0,60}$/.test(version)) return undefined
  return versionForms(version)[part] === found ? version : undefined
}

/** The part of a version that the pattern's names would have. */
export function partOf({ part }: VersionPattern, version: string): string {
  return versionForms(version)[part]
}
