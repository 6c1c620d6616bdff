import { parsedUrl, shownUrl } from '../http/shown-url.js'
import { SourceError } from './source-error.js'

/**
 * Reads a mirror's URL.
 * @throws SourceError `source/bad-mirror` for one that is no URL or of a scheme we do not fetch from
 */
export function mirrorUrl(text: string): URL {
  const url = parsedUrl(text)
  const details = { where: shownUrl(text), expected: 'an https:, http:, file: or debian: URL' }
  if (url === undefined) throw new SourceError('source/bad-mirror', 'this is no URL', details)
  if (/^(?:https?|file|debian):$/.test(url.protocol)) return url
  throw new SourceError('source/bad-mirror', 'nothing can be fetched from this URL', details)
}
