/** One way of identifying oneself that a server offers. */
export interface Challenge {
  /** Lower case: `basic`, `bearer`. */
  readonly scheme: string
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+/
const PARAMETER = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~/:-]+))/
const LONGEST = 8192

/**
 * Reads a `WWW-Authenticate` header (RFC 9110, section 11.6.1): several challenges, each with parameters.
 * What cannot be read ends the list.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  let rest = header.slice(0, LONGEST).trimStart()
  while (rest !== '') {
    const parameter = PARAMETER.exec(rest)
    const current = challenges.at(-1)
    const scheme = TOKEN.exec(rest)
    if (parameter !== null && current !== undefined) {
      const [whole, name = '', quoted, plain = ''] = parameter
      current.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain)
      rest = rest.slice(whole.length)
    } else if (parameter === null && scheme !== null) {
      challenges.push({ scheme: scheme[0].toLowerCase(), parameters: new Map() })
      rest = rest.slice(scheme[0].length)
    } else break
    rest = rest.replace(/^[\s,]+/, '')
  }
  return challenges
}
