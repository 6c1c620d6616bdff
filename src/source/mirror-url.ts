import { SourceError } from './source-error.js'

/** Query parameters whose values are never shown: signed URLs and tokens carry access in them. */
const SECRET = /token|key|secret|sig|password|passwd|auth|credential/i

/** A URL for people and logs: no user, no password, no fragment, no secret in the query. */
export function shownUrl(url: URL | string): string {
  const shown = parsed(url)
  if (shown === undefined) return 'an unreadable URL'
  // What stands after the scheme has a known shape in these only.
  if (shown.host === '' && !/^(?:file|debian):$/.test(shown.protocol)) return `${shown.protocol}…`
  shown.username = ''
  shown.password = ''
  shown.hash = ''
  for (const name of [...shown.searchParams.keys()]) {
    if (SECRET.test(name)) shown.searchParams.set(name, 'hidden')
  }
  return shown.href
}

/**
 * Reads a mirror's URL.
 * @throws SourceError `source/bad-mirror` for one that is no URL or of a scheme we do not fetch from
 */
export function mirrorUrl(text: string): URL {
  const url = parsed(text)
  const details = { where: shownUrl(text), expected: 'an https:, http:, file: or debian: URL' }
  if (url === undefined) throw new SourceError('source/bad-mirror', 'this is no URL', details)
  if (/^(?:https?|file|debian):$/.test(url.protocol)) return url
  throw new SourceError('source/bad-mirror', 'nothing can be fetched from this URL', details)
}

function parsed(url: URL | string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}
