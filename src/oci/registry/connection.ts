import type { Clock } from '../../http/clock.js'
import type { ExchangeOptions } from '../../http/exchange.js'
import type { Authorizer } from './authorizer.js'
import type { RegistryAddress } from './registry-address.js'
import type { RegistryLimits } from './registry-limits.js'

/** How every exchange with one registry is made. */
export interface Connection {
  readonly address: RegistryAddress
  readonly authorizer: Authorizer
  readonly clock: Clock
  readonly limits: RegistryLimits
  readonly exchange: ExchangeOptions
}
