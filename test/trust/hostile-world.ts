import { expect } from 'vitest'
import { makeKey, sign, told, TrustWorld } from './trust-world.js'

export const alice = await makeKey('alice')
const bob = await makeKey('bob')
/** Nobody trusts her. */
export const eve = await makeKey('eve')
/** What alice and bob honestly signed. */
export const good = await sign(alice)
export const bobs = await sign(bob)

export type Make = () => Uint8Array | Promise<Uint8Array>
export type Cases = readonly (readonly [what: string, code: string, make: Make])[]

const machines =
  '[machines.alice.desk]\narchitecture="x"\ncpu_vendor="AMD"\n[machines.bob.bobs]\narchitecture="x"\ncpu_vendor="Intel"\n'

/** A world that trusts alice and bob. */
export const plainWorld = (): TrustWorld => TrustWorld.of({ alice, bob }, machines)

/** Each bad signature stands beside a good one: two people would be enough, and one must remain. */
export async function refuses(code: string, make: Make, world = plainWorld()): Promise<void> {
  const quorum = world.judge([await make(), bobs])
  expect(told(quorum)).toEqual(['bob', code])
  expect(quorum).toMatchObject({ met: false, people: ['bob'], missing: ['alice'] })
}
