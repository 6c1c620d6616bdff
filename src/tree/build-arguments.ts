import type { Source } from '../source/source.js'
import { versionForms } from './version-forms.js'

/**
 * What a package's Containerfile receives as build arguments: the version's forms, then each source's
 * in the order declared, then those that every build gets.
 */
export function buildArguments(
  version: string | undefined,
  sources: readonly Source[]
): Record<string, string> {
  return {
    ...(version === undefined ? {} : versionArguments(version)),
    ...Object.fromEntries(sources.flatMap(sourceArguments)),
    SOURCE_DATE_EPOCH: '1',
    BUILDKIT_MULTI_PLATFORM: '1'
  }
}

function versionArguments(version: string): Record<string, string> {
  const forms = versionForms(version)
  return {
    VERSION: forms.version,
    VERSION_UNDER: forms.under,
    VERSION_DASH: forms.dash,
    VERSION_MAJOR: forms.major,
    VERSION_MAJOR_MINOR: forms.majorMinor,
    VERSION_STRIP_SUFFIX: forms.stripSuffix
  }
}

function sourceArguments(source: Source): [string, string][] {
  const key = source.key.toUpperCase()
  const own: [string, string][] =
    source.version === undefined
      ? []
      : [
          [`${key}_VERSION`, source.version],
          [`${key}_SOURCE`, source.file]
        ]
  return source.gitSha === undefined ? own : [...own, [`${key}_GIT_SHA`, source.gitSha]]
}
