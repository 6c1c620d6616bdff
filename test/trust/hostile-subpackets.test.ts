import { describe, expect, test } from 'vitest'
import { alice, type Cases, eve, plainWorld, refuses } from './hostile-world.js'
import { issuer, made, number, rawMessage, type RawSignature } from './raw-signature.js'
import { keysOfAllKinds } from './keys-of-all-kinds.js'
import { DAY, MADE, told, TrustWorld } from './trust-world.js'

const fingerprint = (hex: string): readonly [number, Uint8Array] => [
  33,
  Buffer.from(`04${hex}`, 'hex')
]

const unknown = Buffer.from('anything')

const row = (what: string, code: string, raw: RawSignature): Cases[number] => [
  what,
  code,
  () => rawMessage(alice, raw)
]

/** All of them are mathematically right, and by alice. */
const cases: Cases = [
  row('that never says when it was made', 'signature/unreadable', { hashed: [issuer(alice)] }),
  row('that says when, where it is not signed', 'signature/unreadable', {
    hashed: [issuer(alice)],
    unhashed: [made()]
  }),
  row('that was made at two times', 'signature/unreadable', {
    hashed: [made(), made(MADE + DAY), issuer(alice)]
  }),
  row('that ends at two times', 'signature/unreadable', {
    hashed: [made(), [3, number(0)], [3, number(1)], issuer(alice)]
  }),
  row('whose time has three bytes', 'signature/unreadable', {
    hashed: [[2, Buffer.alloc(3)], issuer(alice)]
  }),
  row('with a critical subpacket of an unknown type', 'signature/unsupported', {
    hashed: [made(), issuer(alice), [128 + 100, unknown]]
  }),
  row('with a critical subpacket of a type for private use', 'signature/unsupported', {
    hashed: [made(), issuer(alice), [128 + 110, unknown]]
  }),
  row('for a certain recipient only', 'signature/unsupported', {
    hashed: [made(), issuer(alice), [128 + 35, Buffer.alloc(21, 4)]]
  }),
  row('that hands its key’s withdrawal to another', 'signature/unsupported', {
    hashed: [made(), issuer(alice), [128 + 12, Buffer.alloc(22, 0x80)]]
  }),
  row('that names no key', 'signature/unknown-key', { hashed: [made()] }),
  row('that names a stranger’s key', 'signature/unknown-key', { hashed: [made(), issuer(eve)] }),
  row('that names two keys', 'signature/wrong', {
    hashed: [made(), issuer(alice), fingerprint(eve.getFingerprint())]
  }),
  row('with an empty name of a key', 'signature/unknown-key', {
    hashed: [made(), [16, Buffer.alloc(0)]]
  }),
  row('with a byte after its numbers', 'signature/wrong', { rest: Buffer.alloc(1) }),
  row('with a third number', 'signature/wrong', { rest: Buffer.from([0, 8, 1]) }),
  row('with the algorithm of another kind of key', 'signature/wrong', { algorithm: 27 }),
  row('with SHA-1', 'signature/weak-hash', { hash: 2 }),
  row('with SHA-224', 'signature/weak-hash', { hash: 11 }),
  row('with SHA3-256', 'signature/weak-hash', { hash: 12 }),
  row('of a text', 'signature/unsupported', { type: 1 }),
  row('that stands alone', 'signature/unsupported', { type: 2 }),
  row('of a time', 'signature/unsupported', { type: 0x40 }),
  row('that ended before it began', 'signature/expired', {
    hashed: [made(), [3, number(1)], issuer(alice)]
  })
]

describe('a signature by alice does not count', () => {
  test.each(cases)('%s', async (_what, code, make) => {
    await refuses(code, make)
  })
})

describe('a signature of Ed448', () => {
  test('counts with SHA-512, and not with a digest that is shorter than the curve is strong', async () => {
    const key = (await keysOfAllKinds()).get('ed448')
    if (key === undefined) throw new Error('no key')
    const world = TrustWorld.of({ alice: key })
    const codes = [10, 8].map((hash) => told(world.judge([rawMessage(key, { hash })])))
    expect(codes).toEqual([['alice'], ['signature/wrong']])
  })
})

describe('a signature by alice counts', () => {
  test.each<[string, RawSignature]>([
    ['that says no more than it has to', {}],
    ['whose time is critical', { hashed: [[130, number(MADE + DAY)], issuer(alice)] }],
    ['that names its key where it is not signed', { hashed: [made()], unhashed: [issuer(alice)] }],
    [
      'that names it, and another where it is not signed',
      { hashed: [made(), issuer(alice)], unhashed: [issuer(eve)] }
    ],
    ['with something unknown', { hashed: [made(), issuer(alice), [100, unknown]] }],
    [
      'with something unknown that is critical, where it is not signed',
      { hashed: [made(), issuer(alice)], unhashed: [[128 + 100, unknown]] }
    ],
    ['that lasts for years', { hashed: [made(), [131, number(4000 * DAY)], issuer(alice)] }]
  ])('%s', (_what, raw) => {
    expect(told(plainWorld().judge([rawMessage(alice, raw)]))).toEqual(['alice'])
  })
})
