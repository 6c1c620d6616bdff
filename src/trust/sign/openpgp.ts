import { createRequire } from 'node:module'
import type * as Library from 'openpgp'

/** The library that signs with keys in files. */
export type OpenPgp = typeof Library

/** The library, loaded on first use: nothing but trials needs it. */
export function openPgp(): OpenPgp {
  return createRequire(import.meta.url)('openpgp') as OpenPgp
}
