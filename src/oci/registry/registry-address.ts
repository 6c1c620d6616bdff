import { RegistryError } from './registry-error.js'

/** A registry, by the name that references and credentials use for it. */
export interface RegistryAddress {
  /** `docker.io`, `localhost:5000` */
  readonly name: string
  /** Where its API begins, without `/v2/`. */
  readonly base: URL
}

/** The one registry whose API is not where its name says. */
const SERVED_ELSEWHERE = new Map([['docker.io', 'registry-1.docker.io']])

/**
 * Reads a registry's name: `host[:port]`, or with `https://` before it. Plain HTTP is for registries on
 * this machine, and is what they are asked by unless `https://` is written out.
 * @throws RegistryError `registry/bad-address`
 */
export function registryAddress(text: string): RegistryAddress {
  const [, scheme, name = ''] = /^(?:(https?):\/\/)?([^/?#@\s]+)$/.exec(text) ?? []
  const host = SERVED_ELSEWHERE.get(name) ?? name
  const probe = `http://${host}`
  if (name === '' || !URL.canParse(probe)) throw badAddress(text, 'host or host:port')
  const local = isLoopback(new URL(probe))
  if (scheme === 'http' && !local)
    throw badAddress(text, 'https: for a registry on another machine')
  const secure = scheme === 'https' || !local
  return { name, base: new URL(`${secure ? 'https' : 'http'}://${host}`) }
}

/** Whether a URL leads to this machine, whatever the name service says. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function badAddress(found: string, expected: string): RegistryError {
  return new RegistryError('registry/bad-address', 'this names no registry', {
    expected,
    found,
    kind: 'usage'
  })
}
