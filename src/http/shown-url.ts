/** Query parameters whose values are never shown: signed URLs and tokens carry access in them. */
const SECRET = /token|key|secret|sig|password|passwd|auth|credential/i

/** A URL for people and logs: no user, no password, no fragment, no secret in the query. */
export function shownUrl(url: URL | string): string {
  const shown = parsedUrl(url)
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

/** What was given in place of a URL, for people: as it is, but for a user and a password in it. */
export function shownText(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//…@')
}

/** A copy of a URL, or what a text means as one; undefined where it means none. */
export function parsedUrl(url: URL | string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}
