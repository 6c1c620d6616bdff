import * as openpgp from 'openpgp'
import { describe, expect, test } from 'vitest'
import { bobs } from './hostile-world.js'
import { DAY, makeKey, MADE, payload, sign, SIGNED, told, TrustWorld } from './trust-world.js'

const subkeyOf = (key: openpgp.PrivateKey): openpgp.Subkey => {
  const [subkey] = key.subkeys
  if (subkey === undefined) throw new Error('no subkey')
  return subkey
}

/** The secret key of alice, whose certificate is then what a test makes of it. */
const withSubkey = (): Promise<openpgp.PrivateKey> => makeKey('alice', { subkey: true })

/** The certificate of `key` with a subkey of somebody else, bound without that one's consent. */
async function adopt(key: openpgp.PrivateKey, subkey: openpgp.Subkey): Promise<openpgp.PublicKey> {
  const binding = new openpgp.SignaturePacket()
  Object.assign(binding, {
    signatureType: openpgp.enums.signature.subkeyBinding,
    publicKeyAlgorithm: key.keyPacket.algorithm,
    hashAlgorithm: openpgp.enums.hash.sha256,
    keyFlags: [openpgp.enums.keyFlags.signData]
  })
  const about = { key: key.keyPacket, bind: subkey.keyPacket }
  const make = binding.sign.bind(binding) as unknown as (...words: unknown[]) => Promise<void>
  await make(key.keyPacket, about, new Date((MADE + 1) * 1000), false, openpgp.config)
  const adopted = new openpgp.Subkey(subkey.keyPacket, key)
  adopted.bindingSignatures = [binding]
  const copy = await openpgp.readPrivateKey({ binaryKey: key.write() })
  copy.subkeys = [adopted]
  return openpgp.readKey({ binaryKey: copy.toPublic().write() })
}

function codeOf(certificate: openpgp.Key, signature: Uint8Array): string[] {
  const quorum = TrustWorld.of({ alice: certificate }).judge([signature])
  expect(quorum.met).toBe(false)
  return told(quorum)
}

describe('a signature does not count whose key', () => {
  test('is a subkey that somebody else’s key has adopted', async () => {
    const [alice, victim] = [await makeKey('alice'), await makeKey('victim', { subkey: true })]
    const theirs = await sign(victim)
    expect(codeOf(victim, theirs)).toEqual(['alice'])
    const adopted = await adopt(alice, subkeyOf(victim))
    expect(codeOf(adopted, theirs)).toEqual(['signature/key-cannot-sign'])
  })

  test('is an adopted subkey, which takes nothing from its owner', async () => {
    const [alice, victim] = [await makeKey('alice'), await makeKey('victim', { subkey: true })]
    const adopted = await adopt(alice, subkeyOf(victim))
    const world = TrustWorld.of({ victim, alice: adopted })
    const { people } = world.judge([await sign(victim), await sign(alice)])
    expect(people).toContain('alice')
    expect(people).not.toEqual(['alice', 'alice'])
  })

  test('is a withdrawn subkey', async () => {
    const alice = await withSubkey()
    const signature = await sign(alice)
    expect(codeOf(alice, signature)).toEqual(['alice'])
    const secret = alice.keyPacket as openpgp.SecretKeyPacket
    alice.subkeys[0] = await subkeyOf(alice).revoke(secret)
    expect(codeOf(alice.toPublic(), signature)).toEqual(['signature/key-revoked'])
  })

  test('is a subkey of a withdrawn key', async () => {
    const alice = await withSubkey()
    const { publicKey } = await openpgp.revokeKey({ key: alice, format: 'object' })
    expect(codeOf(publicKey, await sign(alice))).toEqual(['signature/key-revoked'])
  })

  test('had ended when it says to have signed', async () => {
    const alice = await makeKey('alice', { lifetime: 10 * DAY })
    const early = await sign(alice, payload(), MADE + DAY)
    const { signOddly } = await import('./hostile-messages.js')
    const late = await signOddly(alice, payload(), SIGNED)
    expect(codeOf(alice, early)).toEqual(['signature/key-expired'])
    expect(codeOf(alice, late)).toEqual(['signature/key-expired-then'])
  })

  test('is too weak', async () => {
    const alice = await makeKey('alice', { rsaBits: 1024 })
    expect(codeOf(alice, await sign(alice))).toEqual(['signature/weak-key'])
  }, 60_000)

  test('is not in keys/, or lies there twice, or among them as a secret one', async () => {
    const alice = await makeKey('alice')
    const signature = await sign(alice)
    const twice = TrustWorld.of({ alice })
    twice.key('copy.asc', alice.toPublic().armor())
    const secret = TrustWorld.of({ alice })
    secret.key('alice.asc', alice.armor())
    const none = TrustWorld.of({ alice })
    none.key('alice.asc', '')
    for (const world of [twice, secret, none]) {
      expect(told(world.judge([signature, bobs]))).toEqual([
        'signature/unknown-key',
        'signature/unknown-key'
      ])
    }
  })
})
