import * as openpgp from 'openpgp'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  DAY,
  makeKey,
  MADE,
  NOW,
  payload,
  sign,
  SIGNED,
  told,
  TrustWorld,
  underAnotherDate
} from './trust-world.js'

const people: Record<string, openpgp.PrivateKey> = {}

beforeAll(async () => {
  people['alice'] = await makeKey('alice')
  people['bob'] = await makeKey('bob', { subkey: true })
  people['carol'] = await makeKey('carol', { rsaBits: 2048 })
}, 60_000)

function key(id: string): openpgp.PrivateKey {
  const found = people[id]
  if (found === undefined) throw new Error(id)
  return found
}

const machines = [
  '[machines.alice.desk]\narchitecture = "x86_64"\ncpu_vendor = "AMD"\n',
  '[machines.bob.lap]\narchitecture = "x86_64"\ncpu_vendor = "Intel"\n'
].join('')

describe('a quorum', () => {
  test('is met by two people with keys of several kinds', async () => {
    const world = TrustWorld.of(people)
    const signatures = await Promise.all(['alice', 'bob', 'carol'].map((id) => sign(key(id))))
    const quorum = world.judge(signatures)
    expect(told(quorum)).toEqual(['alice', 'bob', 'carol'])
    expect(quorum.met).toBe(true)
    expect(quorum.missing).toEqual([])
  })

  test('is not met by one person, however often they sign', async () => {
    const world = TrustWorld.of(people)
    const twice = [await sign(key('alice')), await sign(key('alice'), payload(), SIGNED + 1)]
    const quorum = world.judge([...twice, ...twice])
    expect(quorum).toMatchObject({ met: false, people: ['alice'], missing: ['bob', 'carol'] })
    expect(quorum.counted).toHaveLength(4)
  })

  test('is not met by one person with several keys', async () => {
    const world = TrustWorld.of(people)
    const [first, second] = [key('alice').getFingerprint(), key('bob').getFingerprint()]
    world.maintainers(
      `[people.alice]\n[keys.alice.a]\nfingerprint="${first}"\n[keys.alice.b]\nfingerprint="${second}"\n`
    )
    const quorum = world.judge([await sign(key('alice')), await sign(key('bob'))])
    expect(quorum).toMatchObject({ met: false, people: ['alice'] })
  })

  test('is not met by one key that two people have', async () => {
    const twin = await underAnotherDate(key('alice'), 'bob')
    const world = TrustWorld.of({ alice: key('alice'), bob: twin })
    const signatures = [await sign(key('alice')), await sign(twin)]
    expect(told(world.judge(signatures))).toEqual([
      'signature/unknown-key',
      'signature/unknown-key'
    ])
    expect(told(TrustWorld.of({ bob: twin }).judge(signatures))).toEqual([
      'bob',
      'signature/unknown-key'
    ])
  })

  test('is not met by nothing, whatever is demanded', async () => {
    const world = TrustWorld.of(people)
    for (const threshold of [0, -1, NaN, 0.5, Infinity]) {
      expect(world.judge([], { threshold, vendors: 0 }).met).toBe(false)
    }
    const all = await Promise.all(['alice', 'bob'].map((id) => sign(key(id))))
    for (const vendors of [NaN, -1, 0.5]) {
      expect(world.judge(all, { threshold: 1, vendors }).met).toBe(false)
    }
  })

  test('counts vendors only of machines that signatures name and MAINTAINERS knows', async () => {
    const world = TrustWorld.of(people, machines)
    const on = (machine: string) => payload({ optional: { stagex: { machine } } })
    const demand = { threshold: 2, vendors: 2 }
    const silent = await Promise.all(['alice', 'bob'].map((id) => sign(key(id))))
    expect(world.judge(silent, demand)).toMatchObject({ met: false, vendors: [] })
    const telling = [await sign(key('alice'), on('desk')), await sign(key('bob'), on('lap'))]
    expect(world.judge(telling, demand)).toMatchObject({
      met: true,
      vendors: ['amd', 'intel']
    })
    const borrowed = [await sign(key('alice'), on('desk')), await sign(key('bob'), on('desk'))]
    expect(told(world.judge(borrowed, demand))).toEqual(['alice', 'payload/unknown-machine'])
  })

  test('asks when a key held, then and now', async () => {
    const short = await makeKey('alice', { lifetime: 40 * DAY })
    const world = TrustWorld.of({ ...people, alice: short })
    const before = await sign(short)
    const one = { threshold: 1, vendors: 0 }
    expect(told(world.judge([before], one, MADE + 39 * DAY))).toEqual(['alice'])
    expect(told(world.judge([before], one, MADE + 41 * DAY))).toEqual(['signature/key-expired'])
    expect(told(world.judge([before], one, SIGNED - DAY))).toEqual(['signature/from-the-future'])
    expect(NOW).toBeGreaterThan(MADE + 41 * DAY)
  })

  test('forgets everything that a withdrawn key ever signed', async () => {
    const { publicKey } = await openpgp.revokeKey({ key: key('alice'), format: 'object' })
    const world = TrustWorld.of({ ...people, alice: publicKey })
    const quorum = world.judge([await sign(key('alice')), await sign(key('bob'))])
    expect(told(quorum)).toEqual(['bob', 'signature/key-revoked'])
    expect(quorum.met).toBe(false)
  })
})
