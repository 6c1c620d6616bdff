import * as fc from 'fast-check'
import * as openpgp from 'openpgp'
import { beforeAll, describe, expect, test } from 'vitest'
import { isSignedBy } from '../../src/trust/openpgp/check-numbers.js'
import { Malformed } from '../../src/trust/openpgp/malformed.js'
import { readPublicKey } from '../../src/trust/openpgp/public-key.js'
import { readSignature } from '../../src/trust/openpgp/signature-packet.js'
import { messageOf, partsOf, signOddly } from './hostile-messages.js'
import { keysOfAllKinds } from './keys-of-all-kinds.js'
import { makeKey, payload, sign, SIGNED, told, TrustWorld } from './trust-world.js'

let keys: ReadonlyMap<string, openpgp.PrivateKey>

beforeAll(async () => {
  keys = await keysOfAllKinds()
}, 120_000)

/** A public key's packet, without its head. */
const bodyOf = (key: openpgp.PrivateKey): Uint8Array => key.toPublic().keyPacket.write()

/** What we say of a signature: by the key, not by it, or nothing that can be read. */
function ours(signature: Uint8Array, content: Uint8Array, key: openpgp.PrivateKey): boolean {
  try {
    return isSignedBy(readSignature(signature), readPublicKey(bodyOf(key)), [content])
  } catch (error) {
    if (error instanceof Malformed) return false
    throw error
  }
}

/** What the library says of it, whatever the hash and the time are. */
async function theirs(
  signature: Uint8Array,
  content: Uint8Array,
  key: openpgp.PrivateKey
): Promise<boolean> {
  const packet = new openpgp.SignaturePacket()
  const data = { text: null, getBytes: () => content }
  const config = {
    ...openpgp.config,
    rejectHashAlgorithms: new Set<openpgp.enums.hash>(),
    rejectMessageHashAlgorithms: new Set<openpgp.enums.hash>()
  }
  try {
    ;(packet as unknown as { read: (bytes: Uint8Array) => void }).read(signature)
    const type = openpgp.enums.signature.binary
    if (packet.version !== 4 || packet.signatureType !== type) return false
    const key4 = key.toPublic().keyPacket
    await packet.verify(key4, type, data, null as unknown as Date, false, config)
    return true
  } catch {
    return false
  }
}

/** A place in bytes, and what to turn there. */
const turned = fc.record({ at: fc.nat(5000), bits: fc.integer({ min: 1, max: 255 }) })

describe('our check of a signature and the library’s', () => {
  test('accept the same signatures, by keys of every kind', async () => {
    for (const [name, key] of keys) {
      for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
        const hashAlgorithm = openpgp.enums.hash[hash]
        const content = payload()
        const odd = signOddly(key, content, SIGNED, { hashAlgorithm }).catch(() => undefined)
        const message = await odd
        if (message === undefined) continue
        const signature = partsOfOdd(message)
        const bytes = Buffer.from(content)
        expect([name, hash, ours(signature, bytes, key)]).toEqual([
          name,
          hash,
          await theirs(signature, bytes, key)
        ])
      }
    }
  }, 60_000)

  test('count a signature by a key of any kind', async () => {
    for (const [name, key] of keys) {
      const quorum = TrustWorld.of({ alice: key }).judge([await sign(key)])
      expect([name, told(quorum)]).toEqual([name, ['alice']])
    }
  }, 60_000)

  test('refuse the same, whatever byte of it is another', async () => {
    const signed = await Promise.all(
      [...keys.values()].map(async (key) => ({ key, signature: partsOf(await sign(key))[2].body }))
    )
    const content = Buffer.from(payload())
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length - 1), turned, async (which, { at, bits }) => {
        const { key, signature } = signed[which] ?? fail()
        const copy = Buffer.from(signature)
        const place = at % copy.length
        copy[place] = (copy[place] ?? 0) ^ bits
        const [we, they] = [ours(copy, content, key), await theirs(copy, content, key)]
        // What we do not read at all they may: a stricter reader is no weaker one.
        if (we) expect(they).toBe(true)
        if (they && !we) expect(() => readSignature(copy)).toThrow(Malformed)
      }),
      { numRuns: 300 }
    )
  }, 120_000)

  test('refuse the same, whatever byte of the data is another', async () => {
    for (const [, key] of keys) {
      const signature = partsOf(await sign(key))[2].body
      const content = Buffer.from(payload())
      for (const at of [0, 17, content.length - 1]) {
        const copy = Buffer.from(content)
        copy[at] = (copy[at] ?? 0) ^ 1
        expect([ours(signature, copy, key), await theirs(signature, copy, key)]).toEqual([
          false,
          false
        ])
      }
    }
  }, 60_000)

  test('refuse a signature under another key of the same kind', async () => {
    const [one, other] = [await makeKey('one'), await makeKey('other')]
    const signature = partsOf(await sign(one))[2].body
    expect(ours(signature, Buffer.from(payload()), one)).toBe(true)
    expect(ours(signature, Buffer.from(payload()), other)).toBe(false)
  })
})

/** The signature of a message in the older form. */
function partsOfOdd(message: Uint8Array): Uint8Array {
  const length = Buffer.from(message).readUInt32BE(2)
  expect(messageOf([{ tag: 2, body: message.subarray(6, 6 + length) }])).toEqual(
    Buffer.from(message.subarray(0, 6 + length))
  )
  return message.subarray(6, 6 + length)
}

function fail(): never {
  throw new Error('no such key')
}
