import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { shownUrl } from '../../http/shown-url.js'
import { isLoopback } from '../../oci/registry/registry-address.js'
import type { ListedKey, Person } from '../maintainers/maintainers.js'
import { TrustError } from '../trust-error.js'

/** Where copies of a key may be had. */
export interface KeyPlace {
  /** URLs to ask one after the other, until one has it. */
  readonly urls: readonly URL[]
  /** For people. */
  readonly name: string
}

/** Somebody who hands out copies of keys. */
export type KeyServer = (key: ListedKey, person: Person) => readonly KeyPlace[]

/**
 * The web key directories of a person's own e-mail domains (draft-koch-openpgp-webkey-service, section 3.1).
 * @throws TrustError `keys/bad-address`
 */
export function webKeyDirectory(_key: ListedKey, { emails }: Person): KeyPlace[] {
  return emails.map((email) => ({ name: `the directory of ${email}`, urls: directoryUrls(email) }))
}

/** The advanced method first; the direct one where its domain does not exist. */
function directoryUrls(email: string): URL[] {
  const at = email.lastIndexOf('@')
  const [local, domain] = [email.slice(0, at), email.slice(at + 1).toLowerCase()]
  const digest = createHash('sha1').update(asciiLowerCase(local)).digest()
  const rest = `hu/${zBase32(digest)}?l=${encodeURIComponent(local)}`
  const scheme = isLoopback(originOf(domain, email)) ? 'http' : 'https'
  const direct = new URL(`${scheme}://${domain}/.well-known/openpgpkey/${rest}`)
  if (scheme === 'http' || isIP(domain) !== 0) return [direct]
  const advanced = `https://openpgpkey.${domain}/.well-known/openpgpkey/${domain}/${rest}`
  return [new URL(advanced), direct]
}

/** Only the host and its port: an address with more in it would lead elsewhere. */
function originOf(domain: string, email: string): URL {
  const url = URL.canParse(`http://${domain}/`) ? new URL(`http://${domain}/`) : undefined
  if (url?.pathname === '/' && url.href === `http://${domain}/`) return url
  throw badAddress('no directory can be asked for this address', email)
}

/**
 * A key server that is asked by fingerprint (draft-gallagher-openpgp-hkp).
 * @param address `https://…`, `hkps://…`, or `http://…` on this machine
 * @throws TrustError `keys/bad-address`
 */
export function keyServer(address: string): KeyServer {
  const text = address.replace(/^hkps:/, 'https:').replace(/\/*$/, '/')
  const base = URL.canParse(text) ? new URL(text) : undefined
  const secure = base?.protocol === 'https:'
  const near = base?.protocol === 'http:' && isLoopback(base)
  if (base === undefined || !(secure || near)) {
    throw badAddress('this is no key server that can be asked', address)
  }
  return ({ fingerprint }) => {
    const query = `op=get&options=mr&search=0x${fingerprint}`
    return [{ name: shownUrl(base), urls: [new URL(`pks/lookup?${query}`, base)] }]
  }
}

/** Other letters than those of ASCII stay as they are (section 3.1). */
function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** The letters of z-base-32, five bits each; the digest of SHA-1 has a multiple of them. */
const LETTERS = 'ybndrfg8ejkmcpqxot1uwisza345h769'

function zBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{5}/g) ?? []
  return groups.map((group) => LETTERS[Number.parseInt(group, 2)] ?? '').join('')
}

function badAddress(message: string, found: string): TrustError {
  return new TrustError('keys/bad-address', message, { found, kind: 'usage' })
}
