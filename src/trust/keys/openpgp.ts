import { createRequire } from 'node:module'
import type * as Library from 'openpgp'

/** The library that reads keys and checks signatures. */
export type OpenPgp = typeof Library

let library: OpenPgp | undefined

/** The library, loaded on first use: no command that trusts nobody waits for it. */
export function openPgp(): OpenPgp {
  library ??= createRequire(import.meta.url)('openpgp') as OpenPgp
  return library
}
