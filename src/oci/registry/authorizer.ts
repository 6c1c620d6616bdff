import { accessToken, type TokenOptions } from './access-token.js'
import { type Challenge, parseChallenges } from './challenge.js'
import { basicHeader, type CredentialSource, type Credentials } from './credentials.js'
import { isLoopback, type RegistryAddress } from './registry-address.js'
import { RegistryError } from './registry-error.js'

/**
 * Answers a registry's challenges, and remembers the answers for as long as the registry takes them.
 * Credentials are only ever sent to the registry itself and to a token server that belongs to it.
 */
export class Authorizer {
  readonly #address: RegistryAddress
  readonly #source: CredentialSource
  readonly #options: TokenOptions
  readonly #headers = new Map<string, string>()
  readonly #asking = new Map<string, Promise<string>>()

  constructor(address: RegistryAddress, source: CredentialSource, options: TokenOptions) {
    this.#address = address
    this.#source = source
    this.#options = options
  }

  /** The header that was last taken for these scopes, if any. */
  header(scopes: readonly string[]): string | undefined {
    return this.#headers.get(scopes.join(' '))
  }

  /**
   * Makes a new header of a `WWW-Authenticate` header. Transfers that are refused at the same time ask once.
   * @param path the repository that is to be reached
   * @param refused the header that the registry no longer takes
   * @returns undefined where there is nothing (new) to offer
   * @throws RegistryError `registry/bad-challenge`, `registry/bad-credentials`, and those of a token
   */
  async answer(
    challenge: string,
    path: string,
    scopes: readonly string[],
    refused: string | undefined
  ): Promise<string | undefined> {
    const key = scopes.join(' ')
    const current = this.#headers.get(key)
    if (current !== undefined && current !== refused) return current
    this.#headers.delete(key)
    const running = this.#asking.get(key) ?? this.#ask(challenge, path, scopes)
    this.#asking.set(key, running)
    try {
      const header = await running
      if (header === '' || header === refused) return undefined
      this.#headers.set(key, header)
      return header
    } finally {
      this.#asking.delete(key)
    }
  }

  async #ask(header: string, path: string, scopes: readonly string[]): Promise<string> {
    const challenges = parseChallenges(header)
    const credentials = await this.#source(this.#address.name, path)
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
    if (bearer !== undefined) return this.#bearer(bearer, scopes, credentials)
    const basic = challenges.some(({ scheme }) => scheme === 'basic')
    if (!basic || credentials === undefined || 'identityToken' in credentials) return ''
    return basicHeader(credentials.username, credentials.password)
  }

  async #bearer(
    { parameters }: Challenge,
    scopes: readonly string[],
    credentials: Credentials | undefined
  ): Promise<string> {
    const realm = this.#realm(parameters.get('realm') ?? '', credentials !== undefined)
    const service = parameters.get('service')
    const request = {
      realm,
      // What we need, not what the challenge would have us ask for.
      scopes,
      ...(service === undefined ? {} : { service }),
      ...(credentials === undefined ? {} : { credentials })
    }
    return `Bearer ${await accessToken(request, this.#options)}`
  }

  /** The registry chooses the token server: a registry that lies would have our password sent anywhere. */
  #realm(text: string, withCredentials: boolean): URL {
    const { base } = this.#address
    const realm = URL.canParse(text) ? new URL(text) : undefined
    const known = realm?.username === '' && realm.password === ''
    const local = isLoopback(base)
    const secure = known && (realm.protocol === 'https:' || (local && realm.protocol === 'http:'))
    const here = known && isLoopback(realm) === local
    if (secure && here && (!withCredentials || belongsTo(realm, base))) return realm
    throw new RegistryError(
      'registry/bad-challenge',
      'the registry sends us for a token where we send no credentials',
      {
        where: base.host,
        expected: `a token server at ${base.hostname} or the domain above it, over https:`,
        found: known ? realm.origin : 'no URL'
      }
    )
  }
}

/** Token servers under another name that are known to be the registry's own. */
const TOKEN_SERVERS = new Map([['registry-1.docker.io', 'auth.docker.io']])

function belongsTo(realm: URL, base: URL): boolean {
  // On this machine another port may be another person's program.
  if (isLoopback(base)) return realm.host === base.host
  const [server, registry] = [realm.hostname, base.hostname]
  if (server === registry || TOKEN_SERVERS.get(registry) === server) return true
  const above = registry.endsWith(`.${server}`) && server.includes('.')
  return above || server.endsWith(`.${registry}`)
}
