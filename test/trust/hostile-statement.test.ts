import { join } from 'node:path'
import type * as openpgp from 'openpgp'
import { describe, expect, test } from 'vitest'
import type { Certificate } from '../../src/trust/keys/certificate.js'
import { readKeys } from '../../src/trust/keys/read-keys.js'
import { packet } from './hostile-messages.js'
import {
  issuer,
  keyPacket,
  made,
  number,
  rawSignature,
  type RawSignature,
  rawStatement
} from './raw-signature.js'
import { keyForHash } from '../../src/trust/openpgp/public-key.js'
import { DAY, makeKey, MADE, NOW, TrustWorld } from './trust-world.js'

const alice = await makeKey('alice')
const eve = await makeKey('eve')
const bob = await makeKey('bob', { subkey: true })
const [subkey] = bob.subkeys
if (subkey === undefined) throw new Error('no subkey')

const NAME = 'alice'
const SIGNS: readonly [number, Uint8Array] = [27, Buffer.from([2])]

function read(packets: readonly Uint8Array[]): Certificate | undefined {
  const world = TrustWorld.of({})
  world.key('a.pgp', Buffer.concat(packets))
  return readKeys(join(world.root, 'keys'), NOW).certificates[0]
}

const name = packet(13, Buffer.from(NAME))
const certified = (raw: RawSignature, by: openpgp.PrivateKey = alice): Uint8Array => {
  const hashed = [made(MADE + DAY), issuer(by), SIGNS]
  return rawStatement(by, { type: 0x13, hashed, ...raw }, [alice], NAME)
}

/** The key of alice with statements about her name, and then about the key. */
const withStatements = (...statements: readonly Uint8Array[]): Certificate['primary'] | undefined =>
  read([keyPacket(alice), name, ...statements])?.primary

const statement = (type: number, raw: RawSignature = {}, by = alice): Uint8Array =>
  rawStatement(by, { type, hashed: [made(MADE + 2 * DAY), issuer(by)], ...raw }, [alice])

describe('a key may sign', () => {
  test('where it says so of itself', () => {
    expect(withStatements(certified({}))).toMatchObject({ maySign: true, revoked: false })
    const direct = statement(0x1f, { hashed: [made(MADE + DAY), issuer(alice), SIGNS] })
    expect(withStatements(direct)).toMatchObject({ maySign: true })
  })

  test.each<[string, () => Uint8Array]>([
    ['where nothing is said', () => Buffer.alloc(0)],
    ['where somebody else says it', () => certified({}, eve)],
    [
      'where somebody else says it in its name',
      () => certified({ hashed: [made(), issuer(alice), SIGNS] }, eve)
    ],
    ['where it says it with SHA-1', () => certified({ hash: 2 })],
    [
      'where it says it from tomorrow on',
      () => certified({ hashed: [made(NOW + DAY), issuer(alice), SIGNS] })
    ],
    [
      'where it said so for a day',
      () => certified({ hashed: [made(MADE), [3, number(DAY)], issuer(alice), SIGNS] })
    ],
    [
      'where it says it of another name',
      () =>
        rawStatement(alice, { type: 0x13, hashed: [made(), issuer(alice), SIGNS] }, [alice], 'eve')
    ],
    [
      'where it says it of another key',
      () => rawStatement(alice, { type: 0x13, hashed: [made(), issuer(alice), SIGNS] }, [eve], NAME)
    ],
    ['where a signature of data says it', () => certified({ type: 0 })],
    [
      'where it is for certifying',
      () => certified({ hashed: [made(), issuer(alice), [27, Buffer.from([1])]] })
    ],
    ['where it has no flags', () => certified({ hashed: [made(), issuer(alice)] })],
    [
      'where the flags are not signed',
      () => certified({ hashed: [made(), issuer(alice)], unhashed: [SIGNS] })
    ],
    [
      'where something unknown is critical',
      () => certified({ hashed: [made(), issuer(alice), SIGNS, [128 + 100, name]] })
    ],
    [
      'where somebody else may withdraw it, of whom we would not hear',
      () => certified({ hashed: [made(), issuer(alice), SIGNS, [12, Buffer.alloc(22, 0x80)]] })
    ]
  ])('and not %s', (_what, make) => {
    expect(withStatements(make())?.maySign).toBe(false)
  })

  test('until it says otherwise', () => {
    const later = [made(MADE + 3 * DAY), issuer(alice), [27, Buffer.from([1])] as const] as const
    for (const statements of [
      [certified({}), certified({ hashed: later })],
      [certified({ hashed: later }), certified({})]
    ]) {
      expect(withStatements(...statements)?.maySign).toBe(false)
    }
  })

  test('until it takes back the name that said so', () => {
    const back = rawStatement(
      alice,
      { type: 0x30, hashed: [made(MADE + 2 * DAY), issuer(alice)] },
      [alice],
      NAME
    )
    expect(withStatements(certified({}), back)?.maySign).toBe(false)
  })

  test('as nobody where it says two things at once', () => {
    const flags = [made(), issuer(alice), SIGNS, [27, Buffer.from([0])] as const] as const
    expect(withStatements(certified({ hashed: flags }))).toBeUndefined()
  })
})

describe('a key is withdrawn', () => {
  const revoked = (make: Uint8Array): boolean | undefined =>
    withStatements(certified({}), make)?.revoked

  test.each<[string, () => Uint8Array]>([
    ['wherever the withdrawal stands', () => statement(0x20)],
    ['with SHA-1', () => statement(0x20, { hash: 2 })],
    ['from tomorrow on', () => statement(0x20, { hashed: [made(NOW + DAY), issuer(alice)] })],
    ['for a day', () => statement(0x20, { hashed: [made(), [3, number(1)], issuer(alice)] })],
    ['without a name of who does it', () => statement(0x20, { hashed: [made()] })],
    [
      'for a reason that nobody knows, and that is critical',
      () => statement(0x20, { hashed: [made(), issuer(alice), [128 + 29, Buffer.from([99])]] })
    ]
  ])('%s', (_what, make) => {
    expect(revoked(make())).toBe(true)
  })

  test('by nobody else', () => {
    expect(revoked(statement(0x20, {}, eve))).toBe(false)
    const inHerName = { hashed: [made(), issuer(alice)] }
    expect(revoked(statement(0x20, inHerName, eve))).toBe(false)
  })
})

describe('a key ends', () => {
  const ends = (...statements: readonly Uint8Array[]) => withStatements(...statements)?.expires
  const until = (days: number, at = MADE + DAY): RawSignature => ({
    hashed: [made(at), issuer(alice), SIGNS, [9, number(days * DAY)]]
  })

  test('when the newest statement about it says', () => {
    const later = until(20, MADE + 2 * DAY)
    expect(ends(certified(until(10)))).toBe(MADE + 10 * DAY)
    expect(ends(certified(until(10)), certified(later))).toBe(MADE + 20 * DAY)
    expect(ends(certified(later), certified(until(10)))).toBe(MADE + 20 * DAY)
    expect(ends(certified({}))).toBeUndefined()
  })

  test('earlier where it says so of the key itself', () => {
    expect(ends(certified(until(10)), statement(0x1f, until(5)))).toBe(MADE + 5 * DAY)
    expect(ends(certified(until(10)), statement(0x1f, until(50)))).toBe(MADE + 10 * DAY)
  })
})

describe('a subkey may sign', () => {
  const about = [bob, subkey]
  const consentBody = (
    raw: RawSignature = {},
    by: openpgp.Subkey | openpgp.PrivateKey = subkey
  ) => {
    const body = (key: openpgp.PrivateKey | openpgp.Subkey): Uint8Array =>
      keyForHash(keyPacket(key).subarray(6))
    return rawSignature(by, { type: 0x19, ...raw }, [body(bob), body(subkey)])
  }
  const bound = (raw: RawSignature, by = bob): Uint8Array => {
    const hashed = [made(), issuer(by), SIGNS]
    return rawStatement(by, { type: 0x18, hashed, ...raw }, about)
  }
  const maySign = (...statements: readonly Uint8Array[]): boolean | undefined => {
    const certificate = read([keyPacket(bob), keyPacket(subkey, 14), ...statements])
    return certificate?.subkeys[0]?.maySign
  }
  const embedded = (body: Uint8Array) => [[32, body] as const]

  test('where the key says so, and it agrees, signed or not', () => {
    expect(maySign(bound({ unhashed: embedded(consentBody()) }))).toBe(true)
    const hashed = [made(), issuer(bob), SIGNS, ...embedded(consentBody())]
    expect(maySign(bound({ hashed }))).toBe(true)
  })

  test.each<[string, () => Uint8Array]>([
    ['where it does not agree', () => bound({})],
    ['where something else stands in the place', () => bound({ unhashed: embedded(name) })],
    ['where the key itself agrees', () => bound({ unhashed: embedded(consentBody({}, bob)) })],
    ['where a stranger agrees', () => bound({ unhashed: embedded(consentBody({}, eve)) })],
    ['where it agrees with SHA-1', () => bound({ unhashed: embedded(consentBody({ hash: 2 })) })],
    [
      'where it agrees by another kind of signature',
      () => bound({ unhashed: embedded(consentBody({ type: 0x18 })) })
    ],
    [
      'where it agrees from tomorrow on',
      () =>
        bound({ unhashed: embedded(consentBody({ hashed: [made(NOW + DAY), issuer(subkey)] })) })
    ],
    ['where a stranger binds it', () => bound({ unhashed: embedded(consentBody()) }, eve)],
    [
      'where it is for encryption',
      () =>
        bound({
          hashed: [made(), issuer(bob), [27, Buffer.from([0x0c])]],
          unhashed: embedded(consentBody())
        })
    ]
  ])('and not %s', (_what, make) => {
    expect(maySign(make())).toBe(false)
  })
})
