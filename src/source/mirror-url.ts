import { parsedUrl, shownUrl } from '../http/shown-url.js'
import { SourceError } from './source-error.js'

/** What a mirror may be, to follow "expected". */
export const MIRROR_SCHEMES = 'an https:, http:, file: or debian: URL'

/** Whether we fetch from URLs of its scheme. */
export function isMirrorUrl({ protocol }: URL): boolean {
  return /^(?:https?|file|debian):$/.test(protocol)
}

/**
 * Reads a mirror's URL.
 * @throws SourceError `source/bad-mirror` for one that is no URL or of a scheme we do not fetch from
 */
export function mirrorUrl(text: string): URL {
  const url = parsedUrl(text)
  const details = { where: shownUrl(text), expected: MIRROR_SCHEMES }
  if (url === undefined) throw new SourceError('source/bad-mirror', 'this is no URL', details)
  if (isMirrorUrl(url)) return url
  throw new SourceError('source/bad-mirror', 'nothing can be fetched from this URL', details)
}
