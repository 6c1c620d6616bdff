import { expandTemplate, placeholderValues } from '../../tree/placeholders.js'
import { versionForms } from '../../tree/version-forms.js'

/**
 * A mirror's URL with placeholders where it has the version, so that another version is one change. What the
 * template stands for is the URL itself; where that cannot be, it is the URL.
 */
export function mirrorTemplate(url: string, version: string): string {
  const path = pathStart(url)
  const template = url.slice(0, path) + withPlaceholders(url.slice(path), version)
  return expandTemplate(template, placeholderValues(version, undefined)).text === url
    ? template
    : url
}

/** The host is never a matter of the version. */
function pathStart(url: string): number {
  const scheme = url.indexOf(':') + 1
  if (!url.startsWith('//', scheme)) return scheme
  const slash = url.indexOf('/', scheme + 2)
  return slash < 0 ? url.length : slash
}

function withPlaceholders(path: string, version: string): string {
  const { dash, under, majorMinor } = versionForms(version)
  const whole = replaceWhole(path, version, '{version}')
  if (!version.includes('.')) return whole
  const forms = replaceWhole(replaceWhole(whole, under, '{version_under}'), dash, '{version_dash}')
  return forms
    .split('/')
    .map((segment) => (segment === majorMinor ? '{version_major_minor}' : segment))
    .join('/')
}

/** Only where no digit goes on with it on either side. */
function replaceWhole(text: string, version: string, placeholder: string): string {
  return text
    .split(version)
    .reduce((before, after) =>
      /\d\.?$/.test(before) || /^\.?\d/.test(after)
        ? before + version + after
        : before + placeholder + after
    )
}
