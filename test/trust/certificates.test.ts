import * as fc from 'fast-check'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import * as openpgp from 'openpgp'
import { describe, expect, test } from 'vitest'
import type { Certificate } from '../../src/trust/keys/certificate.js'
import { readKeys, type ReadKeys } from '../../src/trust/keys/read-keys.js'
import { keysOfAllKinds } from './keys-of-all-kinds.js'
import { packet } from './hostile-messages.js'
import { alice, eve } from './hostile-world.js'
import { DAY, makeKey, MADE, NOW, TrustWorld } from './trust-world.js'

/** What we read of the files that a folder of keys holds. */
function readFiles(files: Readonly<Record<string, string | Uint8Array>>): ReadKeys {
  const world = TrustWorld.of({})
  for (const [name, content] of Object.entries(files)) world.key(name, content)
  const read = readKeys(join(world.root, 'keys'), NOW)
  rmSync(world.root, { recursive: true })
  return read
}

function readOne(content: string | Uint8Array): Certificate {
  const { certificates, unusable } = readFiles({ 'a.asc': content })
  expect(unusable).toEqual([])
  const [certificate] = certificates
  if (certificate === undefined) throw new Error('no certificate')
  return certificate
}

/** What the library says of a key, in our words. */
async function told(key: openpgp.Key): Promise<unknown> {
  const end = (time: Date | number | null): object => {
    return time instanceof Date ? { expires: time.getTime() / 1000 } : {}
  }
  const now = new Date(NOW * 1000)
  const signs = (flags: Uint8Array | null | undefined): boolean => ((flags?.[0] ?? 0) & 2) !== 0
  const { selfCertification } = await key.getPrimaryUser(now)
  const subkeys = key.subkeys.map(async (subkey) => ({
    fingerprint: subkey.getFingerprint(),
    created: subkey.getCreationTime().getTime() / 1000,
    ...end(await subkey.getExpirationTime(now)),
    revoked: subkey.revocationSignatures.length > 0,
    maySign: signs(subkey.bindingSignatures[0]?.keyFlags)
  }))
  return {
    fingerprint: key.getFingerprint(),
    created: key.getCreationTime().getTime() / 1000,
    ...end(await key.getExpirationTime()),
    revoked: await key.isRevoked(),
    maySign: signs(selfCertification.keyFlags),
    subkeys: await Promise.all(subkeys),
    userIds: key.getUserIDs()
  }
}

function ourWords({ primary, subkeys, userIds }: Certificate): unknown {
  const words = ({ fingerprint, created, expires, revoked, maySign }: Certificate['primary']) => ({
    fingerprint,
    created,
    ...(expires === undefined ? {} : { expires }),
    revoked,
    maySign
  })
  return { ...words(primary), subkeys: subkeys.map(words), userIds }
}

const lifetime = fc.constantFrom(0, 10 * DAY, 400 * DAY)
const wishes = fc.record({
  lifetime,
  subkeys: fc.array(fc.record({ sign: fc.boolean(), keyExpirationTime: lifetime }), {
    maxLength: 3
  }),
  names: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 }),
  withdrawn: fc.constantFrom('nothing', 'the key', 'a subkey'),
  armoured: fc.boolean()
})

describe('a key', () => {
  test('is read as the library reads it', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, async ({ names, subkeys, withdrawn, armoured, ...wish }) => {
        const { privateKey } = await openpgp.generateKey({
          type: 'ecc',
          curve: 'ed25519Legacy',
          userIDs: names.map((name) => ({ name })),
          date: new Date(MADE * 1000),
          keyExpirationTime: wish.lifetime,
          subkeys,
          format: 'object'
        })
        let key: openpgp.Key = privateKey.toPublic()
        const [first] = privateKey.subkeys
        if (withdrawn === 'the key') {
          key = (await openpgp.revokeKey({ key: privateKey, format: 'object' })).publicKey
        } else if (withdrawn === 'a subkey' && first !== undefined) {
          const secret = privateKey.keyPacket as openpgp.SecretKeyPacket
          privateKey.subkeys[0] = await first.revoke(secret)
          key = privateKey.toPublic()
        }
        const certificate = readOne(armoured ? key.armor() : key.write())
        expect(ourWords(certificate)).toEqual(await told(key))
        const again = await openpgp.readKey({ binaryKey: certificate.bytes })
        expect(await told(again)).toEqual(await told(key))
      }),
      { numRuns: 60 }
    )
  }, 120_000)

  test('of every kind that is accepted has its name and may sign', async () => {
    for (const [name, key] of await keysOfAllKinds()) {
      const { primary } = readOne(key.toPublic().armor())
      expect(primary).toMatchObject({ algorithm: name.replace(/,.*/, ''), maySign: true })
      expect(primary.weakness).toBeUndefined()
    }
  }, 60_000)

  test('is the same key by whichever name its algorithm goes', async () => {
    const { privateKey } = await openpgp.generateKey({
      type: 'curve25519',
      userIDs: [{ name: 'a' }],
      subkeys: [],
      date: new Date(MADE * 1000),
      format: 'object'
    })
    const body = privateKey.toPublic().keyPacket.write()
    const legacy = Buffer.concat([
      body.subarray(0, 5),
      Buffer.from('16092b06010401da470f01010740', 'hex'),
      body.subarray(6)
    ])
    const [one, other] = [readOne(packet(6, body)), readOne(packet(6, legacy))]
    expect(other.primary.fingerprint).not.toBe(one.primary.fingerprint)
    expect(other.primary.material).toBe(one.primary.material)
  })

  test('may stand beside others in one file, armoured each for itself', () => {
    const both = `Two keys:\n\n${alice.toPublic().armor()}\n${eve.toPublic().armor()}`
    const { certificates } = readFiles({ 'both.asc': both })
    expect(certificates.map(({ primary }) => primary.fingerprint)).toEqual([
      alice.getFingerprint(),
      eve.getFingerprint()
    ])
  })
})

const body = Buffer.from(alice.toPublic().keyPacket.write())
const written = Buffer.from(alice.toPublic().write())
const changedBody = (change: (copy: Buffer) => unknown): Uint8Array => {
  const copy = Buffer.from(body)
  const made = change(copy)
  return packet(6, made instanceof Uint8Array ? made : copy)
}
const rsa = (modulus: string, exponent: string): Uint8Array =>
  packet(6, Buffer.from(`0400000000 01 ${modulus} ${exponent}`.replaceAll(' ', ''), 'hex'))

describe('a file is no key', () => {
  test.each<[string, string | Uint8Array]>([
    ['that is empty', ''],
    ['that is text', 'hello'],
    [
      'that is armour around nothing',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n'
    ],
    ['whose armour has no end', alice.toPublic().armor().split('-----END')[0] ?? ''],
    [
      'whose armour has other letters in it',
      alice
        .toPublic()
        .armor()
        .replace(/\n([A-Za-z])/, '\n*$1')
    ],
    [
      'whose armour is of a message',
      alice.toPublic().armor().replaceAll('PUBLIC KEY BLOCK', 'MESSAGE')
    ],
    ['that begins with a name', packet(13, Buffer.from('alice'))],
    ['that begins with a signature', written.subarray(2 + body.length)],
    ['that is a secret key', alice.write()],
    ['with a secret key in it', Buffer.concat([written, eve.write()])],
    ['with a byte more', Buffer.concat([written, Buffer.from([0])])],
    ['with a byte less', written.subarray(0, -1)],
    ['of version 3', changedBody((copy) => (copy[0] = 3))],
    ['of version 6', changedBody((copy) => (copy[0] = 6))],
    [
      'with a byte after its numbers',
      changedBody((copy) => Buffer.concat([copy, Buffer.from([0])]))
    ],
    ['whose point is missing', changedBody((copy) => copy.subarray(0, 20))],
    ['whose point is of another form', changedBody((copy) => (copy[18] = 0x41))],
    ['whose number says to be longer', changedBody((copy) => (copy[16] = 2))],
    ['of RSA without a modulus', rsa('0000', '0011010001')],
    ['of RSA with zeros before its modulus', rsa('0010 0001', '0011 010001')],
    [
      'of thousands of packets',
      Buffer.concat([written, Buffer.alloc(2 * 20_000, Buffer.from([0xca, 0]))])
    ]
  ])('%s', (_what, content) => {
    const { certificates, unusable } = readFiles({
      'a.pgp': content,
      'eve.asc': eve.toPublic().armor()
    })
    expect(unusable.map(({ code }) => code)).toEqual(['keys/unreadable'])
    // It takes nothing from the others.
    expect(certificates.map(({ primary }) => primary.fingerprint)).toEqual([eve.getFingerprint()])
  })

  test.each<[string, Uint8Array, string]>([
    ['RSA with the exponent 1', rsa(`0800${'ff'.repeat(256)}`, '0001 01'), 'rsa2048'],
    ['RSA with an even exponent', rsa(`0800${'ff'.repeat(256)}`, '0002 02'), 'rsa2048'],
    ['RSA with 512 bits', rsa(`0200${'ff'.repeat(64)}`, '0011 010001'), 'rsa512'],
    ['RSA with 20,000 bits', rsa(`4e20${'ff'.repeat(2500)}`, '0011 010001'), 'rsa20000'],
    ['DSA', packet(6, Buffer.from('040000000011', 'hex')), 'dsa'],
    [
      'ECDSA on a curve of others',
      packet(6, Buffer.from('040000000013052b8104000a000101', 'hex')),
      'ecdsa on the curve 2b8104000a'
    ]
  ])('to rely on: %s', (_what, content, algorithm) => {
    const { primary } = readOne(content)
    expect(primary).toMatchObject({ algorithm, maySign: false })
    expect(primary.weakness).toBeTypeOf('string')
  })

  test('whichever of its bytes is another, without stopping the rest', async () => {
    const key = await makeKey('bob', { subkey: true, lifetime: 400 * DAY })
    const bytes = Buffer.from(key.toPublic().write())
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const copy = Buffer.from(bytes)
        copy[at] = (copy[at] ?? 0) ^ bits
        const { certificates, unusable } = readFiles({ 'a.pgp': copy })
        expect(unusable.every(({ code }) => code === 'keys/unreadable')).toBe(true)
        // Whatever still signs is a key of bob's, for as long as he said.
        const signing = certificates.flatMap(({ primary, subkeys }) => [primary, ...subkeys])
        for (const { maySign, fingerprint, expires } of signing) {
          const own = [key, ...key.subkeys].map((each) => each.getFingerprint())
          if (!maySign) continue
          expect(own).toContain(fingerprint)
          expect(expires).toBe(MADE + 400 * DAY)
        }
      }),
      { numRuns: 300 }
    )
  }, 60_000)

  test('where it is any packets at all', () => {
    const anything = fc.array(fc.tuple(fc.constantFrom(2, 6, 13, 14, 17, 60), fc.uint8Array()))
    fc.assert(
      fc.property(anything, (packets) => {
        const bytes = Buffer.concat(packets.map(([tag, content]) => packet(tag, content)))
        const { certificates } = readFiles({ 'a.pgp': bytes })
        expect(certificates.some(({ primary }) => primary.maySign)).toBe(false)
      }),
      { numRuns: 300 }
    )
  }, 60_000)
})
