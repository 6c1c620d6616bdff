import { configuredCertificates } from '../../http/certificates.js'
import type { Clock } from '../../http/clock.js'
import type { Environment } from '../../http/environment.js'
import { Authorizer } from './authorizer.js'
import type { CredentialSource } from './credentials.js'
import { registryAddress } from './registry-address.js'
import { RegistryError } from './registry-error.js'
import type { Connection } from './connection.js'
import { DEFAULT_REGISTRY_LIMITS, type RegistryLimits } from './registry-limits.js'
import { Repository } from './repository.js'

/** What a registry is spoken to with. */
export interface RegistryOptions {
  readonly clock: Clock
  /** Proxies, `SSL_CERT_FILE` and `NODE_EXTRA_CA_CERTS` are read from here. */
  readonly environment: Environment
  /** Nobody in particular where absent. */
  readonly credentials?: CredentialSource
  readonly limits?: Partial<RegistryLimits>
  readonly signal?: AbortSignal
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const PATH = new RegExp(`^(?=.{1,255}$)${COMPONENT}(?:/${COMPONENT})*$`)

/** A registry that speaks the OCI distribution protocol, version 1.1. */
export class Registry {
  readonly #connection: Connection

  /**
   * @param name `host[:port]`, or with `https://` before it; see {@link registryAddress}
   * @throws RegistryError `registry/bad-address`
   * @throws HttpError `http/bad-certificates`
   */
  constructor(name: string, options: RegistryOptions) {
    const { clock, environment, signal } = options
    const address = registryAddress(name)
    const limits = { ...DEFAULT_REGISTRY_LIMITS, ...options.limits }
    const certificates = configuredCertificates(environment)
    const exchange = {
      limits,
      environment,
      ...(certificates === undefined ? {} : { certificates }),
      ...(signal === undefined ? {} : { signal })
    }
    const nobody = (): Promise<undefined> => Promise.resolve(undefined)
    const authorizer = new Authorizer(address, options.credentials ?? nobody, exchange)
    this.#connection = { address, authorizer, clock, limits, exchange }
  }

  /** The name that references use. */
  get name(): string {
    return this.#connection.address.name
  }

  /**
   * @param path `stagex/core-gcc`
   * @throws RegistryError `registry/bad-address`
   */
  repository(path: string): Repository {
    if (PATH.test(path)) return new Repository(this.#connection, path)
    throw new RegistryError('registry/bad-address', 'this names no repository', {
      found: path,
      expected: 'lower-case letters, digits, separators, slashes',
      kind: 'usage'
    })
  }
}
