import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPolicy, removePolicy } from '../../src/trust/policy/install-policy.js'
import { makePolicy, type Policy } from '../../src/trust/policy/policy.js'
import { binomial, subsets } from '../../src/trust/policy/subsets.js'
import { makeKey, NOW, TrustWorld } from './trust-world.js'

const scopes = ['docker.io/stagex', 'quay.io/stagex']

async function policyFor(count: number, threshold: number): Promise<Policy> {
  const ids = Array.from({ length: count }, (_, index) => `p${String(index).padStart(2, '0')}`)
  const keys = await Promise.all(ids.map(async (id) => [id, await makeKey(id)] as const))
  const { ring } = TrustWorld.of(Object.fromEntries(keys)).trusted()
  return makePolicy({ ring, now: NOW, threshold, scopes, keyFolder: '/keys' })
}

const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error as { code: string }).code
  )

describe('a policy of key rings', () => {
  test('is met by a set of people exactly where there are enough of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), fc.nat(), (n, k, chosen) => {
        const people = Array.from({ length: n }, (_, index) => index)
        const threshold = 1 + (k % n)
        const signers = people.filter((index) => (chosen >> index) % 2 === 1)
        const rings = [...subsets(people, n - threshold + 1)]
        expect(rings).toHaveLength(binomial(n, threshold - 1))
        const met = rings.every((ring) => ring.some((index) => signers.includes(index)))
        expect(met).toBe(signers.length >= threshold)
      })
    )
  })

  test('has a ring for each choice, for every registry', async () => {
    const { scopes: made, rings, people } = await policyFor(5, 3)
    expect([rings.length, people.length]).toEqual([10, 5])
    expect(rings.every((ring) => ring.people.length === 3)).toBe(true)
    expect(Object.keys(made)).toEqual(scopes)
    expect(made['quay.io/stagex']?.[0]).toEqual({
      type: 'signedBy',
      keyType: 'GPGKeys',
      keyPath: '/keys/ring-0001.gpg',
      signedIdentity: {
        type: 'remapIdentity',
        prefix: 'quay.io/stagex',
        signedPrefix: 'docker.io/stagex'
      }
    })
  })

  test('stays small for as many as twelve, and is refused where it does not', async () => {
    expect((await policyFor(12, 6)).rings).toHaveLength(792)
    expect(await code(policyFor(14, 7))).toBe('policy/too-many-rings')
  }, 60_000)

  test('is refused where there are too few people', async () => {
    expect(await code(policyFor(2, 3))).toBe('policy/too-few-people')
    expect(await code(policyFor(2, 0))).toBe('policy/too-few-people')
  })
})

describe('installing a policy', () => {
  test('leaves what is said of other images, and can be taken back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stagex-containers-'))
    const file = join(folder, 'policy.json')
    const before = {
      default: [{ type: 'insecureAcceptAnything' }],
      transports: { docker: { 'a.example': [{ type: 'reject' }] }, dir: { '': [] } }
    }
    writeFileSync(file, JSON.stringify(before))
    const policy = await policyFor(3, 2)
    const installation = { folder, policy, lookaside: 'https://a.example/s', process: 1 }
    installPolicy(installation)
    installPolicy(installation)
    const after = JSON.parse(readFileSync(file, 'utf8')) as typeof before
    expect(after).toMatchObject(before)
    expect(Object.keys(after.transports.docker)).toEqual(['a.example', ...scopes])
    expect(readdirSync(join(folder, 'stagex-keys'))).toHaveLength(3)
    expect(removePolicy(folder)).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(before))
    expect(readdirSync(folder).sort()).toEqual(['policy.json', 'registries.d'])
    expect(removePolicy(folder)).toBe(false)
    rmSync(folder, { recursive: true })
  })

  test('refuses a policy that cannot be read, and changes nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stagex-containers-'))
    mkdirSync(join(folder, 'registries.d'))
    writeFileSync(join(folder, 'policy.json'), '{')
    const policy = await policyFor(2, 2)
    const install = (): Promise<void> =>
      Promise.resolve().then(() => {
        installPolicy({ folder, policy, lookaside: 'https://a.example/s', process: 1 })
      })
    expect(await code(install())).toBe('policy/unreadable')
    expect(readdirSync(folder).sort()).toEqual(['policy.json', 'registries.d'])
    rmSync(folder, { recursive: true })
  })
})
