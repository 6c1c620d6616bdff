/** One archive that apt is configured with. */
export interface AptArchive {
  /** Base URL, `http:` or `https:`, without a slash at the end. */
  readonly url: string
  /** Releases asked of it: `bookworm`, `trixie-security`. */
  readonly suites: readonly string[]
}

/** Reads the one-line form: `deb [options] uri suite components…` (sources.list(5)). */
export function parseSourcesList(text: string): AptArchive[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line.replace(/#.*/, ''))
    const [, url, suite] = match ?? []
    return url === undefined || suite === undefined ? [] : archives([url], [suite])
  })
}

/** Reads the deb822 form: stanzas of `Types:`, `URIs:`, `Suites:` (sources.list(5)). */
export function parseDeb822Sources(text: string): AptArchive[] {
  return text.split(/\n[ \t]*\n/).flatMap((stanza) => {
    const fields = stanzaFields(stanza)
    const words = (name: string): string[] => fields.get(name)?.match(/\S+/g) ?? []
    if (/^(?:no|false|without|off|disable|0)$/i.test(words('enabled')[0] ?? 'yes')) return []
    return words('types').some((type) => /^deb(?:-src)?$/.test(type))
      ? archives(words('uris'), words('suites'))
      : []
  })
}

/** Field values by lower-case name; indented lines go on with the value above, `#` lines are comments. */
function stanzaFields(stanza: string): Map<string, string> {
  const fields = new Map<string, string>()
  let current = ''
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue
    const [, name, value] = /^([^\s:]+):(.*)$/.exec(line) ?? []
    if (name !== undefined) current = name.toLowerCase()
    fields.set(current, `${name === undefined ? (fields.get(current) ?? '') : ''} ${value ?? line}`)
  }
  return fields
}

function archives(urls: readonly string[], suites: readonly string[]): AptArchive[] {
  return urls
    .filter((url) => /^https?:\/\//.test(url))
    .map((url) => ({ url: url.replace(/\/+$/, ''), suites }))
}
