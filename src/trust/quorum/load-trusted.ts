import { join } from 'node:path'
import { keyRing } from '../keys/key-ring.js'
import { readKeys } from '../keys/read-keys.js'
import { readMaintainers } from '../maintainers/read-maintainers.js'
import type { Trusted } from './judge.js'

/**
 * Reads whom a tree trusts: its `MAINTAINERS` and `keys/`.
 * @param now seconds since 1970
 * @throws TrustError `maintainers/…`, `keys/too-many`
 */
export function loadTrusted(root: string, now: number): Trusted {
  const { maintainers } = readMaintainers(root)
  const { certificates } = readKeys(join(root, 'keys'), now)
  return { maintainers, ring: keyRing(maintainers, certificates), now }
}
