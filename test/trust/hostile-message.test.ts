import { deflateRawSync, deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import * as openpgp from 'openpgp'
import { describe, expect, test } from 'vitest'
import { changed, messageOf, packet, partsOf } from './hostile-messages.js'
import { alice, bobs, type Cases, eve, good, plainWorld, refuses } from './hostile-world.js'
import { issuer, made, rawMessage } from './raw-signature.js'
import { makeKey, otherDigest, payload, sign, told } from './trust-world.js'

const messages: Cases = [
  ['nothing', 'signature/bad-structure', () => Buffer.alloc(0)],
  ['a zero', 'signature/bad-packet', () => Buffer.alloc(1)],
  ['a page of HTML', 'signature/bad-packet', () => Buffer.from('<!doctype html><p>signed')],
  [
    'an armoured message',
    'signature/bad-packet',
    () => Buffer.from('-----BEGIN PGP MESSAGE-----\n\nyA==\n-----END PGP MESSAGE-----\n')
  ],
  [
    'a clear-signed text',
    'signature/bad-packet',
    async () => {
      const message = await openpgp.createCleartextMessage({ text: payload() })
      return Buffer.from(await openpgp.sign({ message, signingKeys: alice }))
    }
  ],
  ['a detached signature', 'signature/bad-structure', () => messageOf([partsOf(good)[2]])],
  ['the data alone', 'signature/bad-structure', () => messageOf([partsOf(good)[1]])],
  [
    'the announcement of a signature that never comes',
    'signature/bad-structure',
    () => messageOf(partsOf(good).slice(0, 2))
  ],
  ['a public key', 'signature/bad-structure', () => alice.toPublic().write()],
  ['a byte too many', 'signature/bad-packet', () => Buffer.concat([good, Buffer.from([0])])],
  [
    'other data after the signed data',
    'signature/bad-structure',
    () => {
      const [announced, literal, signature] = partsOf(good)
      return messageOf([announced, literal, literal, signature])
    }
  ],
  [
    'data of an attacker before a message that somebody signed',
    'signature/bad-structure',
    () => Buffer.concat([messageOf([partsOf(bobs)[1]]), good])
  ],
  [
    'data of an attacker after a message that somebody signed',
    'signature/bad-structure',
    () => Buffer.concat([good, messageOf([partsOf(bobs)[1]])])
  ],
  ['two signed messages', 'signature/bad-structure', () => Buffer.concat([good, good])],
  [
    'one message with two signatures',
    'signature/bad-structure',
    async () => {
      const message = await openpgp.createMessage({ binary: Buffer.from(payload()) })
      return (await openpgp.sign({
        message,
        signingKeys: [alice, eve],
        format: 'binary'
      })) as Uint8Array
    }
  ],
  [
    'a marker packet',
    'signature/bad-structure',
    () => Buffer.concat([packet(10, Buffer.from('PGP')), good])
  ],
  ['padding', 'signature/bad-structure', () => Buffer.concat([packet(21, Buffer.alloc(9)), good])],
  [
    'an encrypted message',
    'signature/bad-structure',
    async () => {
      const message = await openpgp.createMessage({ binary: Buffer.from(payload()) })
      return (await openpgp.encrypt({ message, passwords: 'a', format: 'binary' })) as Uint8Array
    }
  ],
  [
    'an announcement of another type',
    'signature/bad-structure',
    () => changed(good, 0, (body) => void (body[1] = 1))
  ],
  [
    'an announcement of another hash',
    'signature/bad-structure',
    () => changed(good, 0, (body) => void (body[2] = 9))
  ],
  [
    'an announcement that is not the last',
    'signature/bad-structure',
    () => changed(good, 0, (body) => void (body[12] = 0))
  ],
  [
    'an announcement of version 6',
    'signature/bad-structure',
    () => changed(good, 0, (body) => void (body[0] = 6))
  ],
  [
    'literal data with a name beyond its end',
    'signature/bad-structure',
    () => changed(good, 1, () => Buffer.from([0x62, 200, 1, 2]))
  ],
  [
    'literal data without anything',
    'signature/bad-structure',
    () => changed(good, 1, () => Buffer.alloc(0))
  ],
  [
    'literal data of an unknown kind',
    'signature/bad-structure',
    () => changed(good, 1, (body) => void (body[0] = 0x7a))
  ],
  [
    'compression in compression',
    'signature/bad-structure',
    () => {
      const pack = (bytes: Uint8Array) =>
        packet(8, Buffer.concat([Buffer.from([2]), deflateSync(bytes)]))
      return pack(pack(good))
    }
  ],
  [
    'compressed data that is damaged',
    'signature/bad-compression',
    () => packet(8, Buffer.from([2, 1, 2, 3]))
  ],
  [
    'compression with bzip2',
    'signature/bad-compression',
    () => packet(8, Buffer.from([3, 1, 2, 3]))
  ],
  [
    'a bomb of compression',
    'signature/too-large',
    () => packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(Buffer.alloc(50_000_000))]))
  ],
  ['a file that is far too large', 'signature/too-large', () => Buffer.alloc(256 * 1024 + 1, 0xc2)],
  ['a packet that ends after the file', 'signature/bad-packet', () => good.subarray(0, -1)],
  [
    'a packet of four thousand million bytes',
    'signature/bad-packet',
    () => Buffer.from([0xc2, 255, 255, 255, 255, 255, 0])
  ],
  [
    'a packet in endless pieces',
    'signature/bad-packet',
    () => Buffer.alloc(5000, Buffer.from([0xcb, ...Array<number>(4999).fill(0xe0)]))
  ],
  [
    'a hundred packets',
    'signature/bad-packet',
    () => Buffer.concat(Array(100).fill(packet(13, Buffer.alloc(1))))
  ],
  ['a length that breaks off', 'signature/bad-packet', () => Buffer.from([0xc2, 255, 0])]
]

/** The end of what is signed. */
const tailOf = (message: Uint8Array): string =>
  Buffer.from(partsOf(message)[1].body).subarray(-20).toString('hex')

describe('a signature does not count', () => {
  test.each(messages)('where the file holds %s', async (_what, code, make) => {
    await refuses(code, make)
  })

  test('where any byte of it is another', () => {
    const world = plainWorld()
    const trusted = world.trusted()
    expect(trusted.ring.keys.length).toBeGreaterThan(1)
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const copy = Buffer.from(good)
        copy[at] = (copy[at] ?? 0) ^ bits
        const { met, people } = world.judge([copy, bobs])
        // Names and dates of literal data, and hints to the key, are signed by nobody, and tell nothing.
        if (people.includes('alice')) expect(tailOf(copy)).toBe(tailOf(good))
        else expect(met).toBe(false)
      }),
      { numRuns: 150 }
    )
  })

  test('where it is a part of one', () => {
    const world = plainWorld()
    for (let length = 0; length < good.length; length += 7) {
      const { people, notCounted } = world.judge([good.subarray(0, length), bobs])
      expect([people, notCounted.length]).toEqual([['bob'], 1])
    }
  })

  test('where it is any bytes at all', () => {
    const world = plainWorld()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(world.judge([bytes]).people).toEqual([])
      }),
      { numRuns: 150 }
    )
  })
})

describe('what other verifiers were once deceived by', () => {
  // GHSA-8gw7-4j42-w388 (CVE-2022-36056), first: evidence that belonged to another signature was taken.
  test('the announcement of another signature, or a signature of something else', async () => {
    const [, literal, signature] = partsOf(good)
    const [announced] = partsOf(await sign(await makeKey('alice', { curve: 'nistP256' })))
    const spliced = (): Uint8Array => messageOf([announced, literal, signature])
    await refuses('signature/bad-structure', spliced, plainWorld())
    const other = () => sign(alice, payload({ digest: otherDigest }))
    await refuses('payload/other-digest', other, plainWorld())
  })

  // Second: whom the signature is by, and what it is for, was asked for and not compared.
  test('a name of the signer that is not theirs, or of an image that is not asked for', async () => {
    const signersUserId: readonly [number, Uint8Array] = [28, Buffer.from('bob@example.org')]
    const asBob = rawMessage(alice, { hashed: [made(), issuer(alice), signersUserId] })
    expect(told(plainWorld().judge([asBob, asBob]))).toEqual(['alice', 'alice'])
    const other = () => sign(alice, payload({ reference: 'docker.io/stagex/core-make:1.0' }))
    await refuses('payload/other-image', other, plainWorld())
  })

  // Third: evidence that was wrong was passed over where nobody had asked for it.
  test('a machine that is not the signer’s, where machines do not matter', async () => {
    const borrowed = () => sign(alice, payload({ optional: { stagex: { machine: 'bobs' } } }))
    await refuses('payload/unknown-machine', borrowed, plainWorld())
  })

  test('a key that comes with the signature instead of from those who trust it', async () => {
    const bundle = async () => Buffer.concat([eve.toPublic().write(), await sign(eve)])
    await refuses('signature/bad-structure', bundle, plainWorld())
  })

  // Fourth: an invalid entry ended the checks as if it were good.
  test('an entry that cannot be read, before and between others', async () => {
    const quorum = plainWorld().judge([Buffer.alloc(3), Buffer.alloc(0), await sign(eve), bobs])
    expect(quorum).toMatchObject({ met: false, people: ['bob'] })
    expect(quorum.notCounted).toHaveLength(3)
  })

  test('a list of none, of which all are good', () => {
    expect(plainWorld().judge([]).met).toBe(false)
    expect(plainWorld().judge([], { threshold: 0, vendors: 0 }).met).toBe(false)
  })

  // GHSA-8qff-qr5q-5pr8 (CVE-2025-47934): what was verified was not what was handed out.
  test('a message whose signed part is not the part that is read', async () => {
    const [announced, literal, signature] = partsOf(await sign(alice, 'a harmless text'))
    const evil = partsOf(await sign(eve))[1]
    for (const packets of [
      [announced, evil, literal, signature],
      [announced, literal, signature, evil],
      [evil, announced, literal, signature]
    ]) {
      await refuses('signature/bad-structure', () => messageOf(packets), plainWorld())
    }
    const packed = messageOf([
      announced,
      literal,
      signature,
      { tag: 8, body: Buffer.concat([Buffer.from([0]), messageOf([evil])]) }
    ])
    await refuses('signature/bad-structure', () => packed, plainWorld())
  })
})
