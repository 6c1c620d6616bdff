/** A version in the forms that placeholders and build arguments offer. */
export interface VersionForms {
  readonly version: string
  /** `1.2.3` → `1` */
  readonly major: string
  /** `1.2.3` → `1.2` */
  readonly majorMinor: string
  /** `1.2.3` → `1-2-3` */
  readonly dash: string
  /** `1.2.3` → `1_2_3` */
  readonly under: string
  /** `1.2.3-rc.1` → `1.2.3`: what stands before the last dash */
  readonly stripSuffix: string
}

export function versionForms(version: string): VersionForms {
  const parts = version.split('.')
  const dash = version.lastIndexOf('-')
  return {
    version,
    major: parts[0] ?? version,
    majorMinor: parts.slice(0, 2).join('.'),
    dash: parts.join('-'),
    under: parts.join('_'),
    stripSuffix: dash < 0 ? version : version.slice(0, dash)
  }
}
