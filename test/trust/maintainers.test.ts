import * as fc from 'fast-check'
import * as openpgp from 'openpgp'
import { describe, expect, test } from 'vitest'
import { loadMaintainers } from '../../src/trust/maintainers/read-maintainers.js'
import { surveyMaintainers } from '../../src/trust/maintainers/survey.js'
import { DAY, makeKey, NOW, TrustWorld, underAnotherDate } from './trust-world.js'

const F = 'ab'.repeat(20)
const good = `[people.alice]\nname = "Alice"\n[keys.alice.main]\nfingerprint = "${F}"\n`

const codes = (text: string): string[] => {
  const { maintainers, problems } = loadMaintainers(text)
  const errors = problems.filter(({ severity }) => severity === 'error')
  expect(maintainers === undefined).toBe(errors.length > 0)
  return problems.map(
    ({ code, position }) => `${code} ${position?.line ?? 0}:${position?.column ?? 0}`
  )
}

describe('MAINTAINERS', () => {
  test('says who the people are, and which keys and machines they have', () => {
    const spaced = F.toUpperCase()
      .replace(/(.{4})/g, '$1 ')
      .trim()
    const text = [
      '[people.alice]\nname = "Alice"\nemail = ["a@b.org", "c@d.org"]\n',
      `[keys.alice.main]\nfingerprint = "0x${spaced}"\n`,
      '[machines.alice.desk]\narchitecture = "x86_64"\ncpu_vendor = "AMD"\nkind = "metal"\n'
    ].join('')
    expect(loadMaintainers(text)).toEqual({
      maintainers: {
        people: [{ id: 'alice', name: 'Alice', emails: ['a@b.org', 'c@d.org'] }],
        keys: [{ person: 'alice', name: 'main', fingerprint: F }],
        machines: [
          { person: 'alice', name: 'desk', architecture: 'x86_64', cpuVendor: 'amd', kind: 'metal' }
        ]
      },
      problems: []
    })
  })

  test.each([
    ['is no TOML', '[people', 'tree/syntax 1:2'],
    ['is empty', '', 'tree/missing-key 1:1'],
    ['has people that are no table', 'people = 3', 'tree/wrong-type 1:10'],
    [
      'has a key of nobody',
      good + `[keys.eve.main]\nfingerprint = "${'cd'.repeat(20)}"`,
      'tree/unknown-person 5:1'
    ],
    [
      'has a machine of nobody',
      good + '[machines.eve.a]\narchitecture="a"\ncpu_vendor="b"',
      'tree/unknown-person 5:1'
    ],
    [
      'gives one key to two',
      `${good}[people.bob]\n[keys.bob.k]\nfingerprint = "${F.toUpperCase()}"`,
      'tree/duplicate-key 7:15'
    ],
    ['has a short fingerprint', good.replace(F, F.slice(2)), 'tree/bad-value 4:15'],
    ['has a key id for a fingerprint', good.replace(F, F.slice(-16)), 'tree/bad-value 4:15'],
    ['has a fingerprint that is a number', good.replace(`"${F}"`, '12'), 'tree/wrong-type 4:15'],
    ['has a key without a fingerprint', '[people.a]\n[keys.a.b]', 'tree/missing-key 2:1'],
    ['has a person with a path for a name', '[people."../a"]', 'tree/bad-value 1:1'],
    [
      'has a machine without a vendor',
      good + '[machines.alice.a]\narchitecture = "x"',
      'tree/missing-key 5:1'
    ],
    [
      'has a machine of an unknown kind',
      good + '[machines.alice.a]\narchitecture = "x"\ncpu_vendor = "y"\nkind = "cloud"',
      'tree/bad-value 8:8'
    ],
    ['has a byte order mark', `\ufeff${good}`, 'tree/byte-order-mark 1:1'],
    ['has a misspelt section', good + '[machine.alice.a]', 'tree/unknown-key 5:1']
  ])('that %s is told so', (_name, text, code) => {
    expect(codes(text)).toContain(code)
  })

  test('of any text is read or refused, and never breaks the reader', () => {
    const word = fc.constantFrom(
      '[people.a]',
      '[keys.a.b]',
      'fingerprint',
      '=',
      `"${F}"`,
      '\n',
      '[',
      '.',
      '3',
      '{}'
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        codes(words.join(' '))
      })
    )
  })
})

const found = (world: TrustWorld): string[] => {
  const { findings } = surveyMaintainers(world.root, NOW)
  return findings.map(({ code }) => code).filter((code) => code !== 'maintainers/no-machine')
}

describe('a survey of keys', () => {
  test('has nothing to say of keys that are in order', async () => {
    expect(found(TrustWorld.of({ alice: await makeKey('alice') }))).toEqual([])
  })

  test('tells of each key that does not count, or soon will not', async () => {
    const world = TrustWorld.of({
      ended: await makeKey('ended', { lifetime: 10 * DAY }),
      ending: await makeKey('ending', { lifetime: 70 * DAY }),
      weak: await makeKey('weak', { rsaBits: 1024 })
    })
    expect(found(world)).toEqual([
      'maintainers/key-expired',
      'maintainers/key-expires-soon',
      'maintainers/key-weak'
    ])
  }, 60_000)

  test('tells of a withdrawn key', async () => {
    const key = await makeKey('alice')
    const { publicKey } = await openpgp.revokeKey({ key, format: 'object' })
    expect(found(TrustWorld.of({ alice: publicKey }))).toEqual(['maintainers/key-revoked'])
  })

  test('tells of files that are no use', async () => {
    const alice = await makeKey('alice')
    const world = TrustWorld.of({ alice })
    world.key('again.asc', alice.toPublic().armor())
    world.key('secret.asc', alice.armor())
    world.key('eve.asc', (await makeKey('eve')).toPublic().armor())
    world.key('nothing.asc', 'hello')
    world.key('large.pgp', Buffer.alloc(1024 * 1024 + 1))
    expect(found(world).sort()).toEqual([
      'maintainers/key-missing',
      'maintainers/key-unlisted',
      'maintainers/key-unusable',
      'maintainers/key-unusable',
      'maintainers/key-unusable',
      'maintainers/key-unusable'
    ])
  })

  test('tells of one key under two dates, which would make two people of one', async () => {
    const key = await makeKey('alice')
    const copy = await underAnotherDate(key, 'bob')
    expect(copy.getFingerprint()).not.toBe(key.getFingerprint())
    expect(found(TrustWorld.of({ alice: key, bob: copy }))).toEqual(['maintainers/key-shared'])
  })
})
