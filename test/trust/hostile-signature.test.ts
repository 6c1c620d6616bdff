import { describe, test } from 'vitest'
import { changed, messageOf, partsOf, signOddly } from './hostile-messages.js'
import { alice, type Cases, eve, good, refuses } from './hostile-world.js'
import { DAY, MADE, NOW, otherDigest, payload, sign, SIGNED } from './trust-world.js'

/** Turns a bit in the byte so far from the end. */
const flip = (body: Uint8Array, fromEnd: number): void => {
  const at = body.length - fromEnd
  body[at] = (body[at] ?? 0) ^ 1
}

/** Changes bytes of the signature and of its announcement alike: type, key algorithm, hash. */
const both = (place: 'type' | 'hash', value: number): Uint8Array => {
  const [inAnnouncement, inSignature] = place === 'type' ? [1, 1] : [2, 3]
  const once = changed(good, 0, (body) => void (body[inAnnouncement] = value))
  return changed(once, 2, (body) => void (body[inSignature] = value))
}

const signatures: Cases = [
  [
    'with a bit of the signature turned',
    'signature/wrong',
    () =>
      changed(good, 2, (body) => {
        flip(body, 1)
      })
  ],
  [
    'with a bit of what it signs turned',
    'signature/wrong',
    () =>
      changed(good, 1, (body) => {
        flip(body, 3)
      })
  ],
  [
    'over another text, moved here',
    'signature/wrong',
    () => {
      const [announced, , signature] = partsOf(good)
      const literal = {
        tag: 11,
        body: Buffer.concat([
          Buffer.from([0x62, 0, 0, 0, 0, 0]),
          Buffer.from(payload({ digest: otherDigest }))
        ])
      }
      return messageOf([announced, literal, signature])
    }
  ],
  ['by a stranger', 'signature/unknown-key', () => sign(eve)],
  [
    'by a stranger who says to be alice',
    'signature/wrong',
    async () => {
      const [from, to] = [eve.getFingerprint(), alice.getFingerprint()]
      return changed(await sign(eve), 2, (body) => {
        const text = Buffer.from(body).toString('hex').replaceAll(from, to)
        return Buffer.from(text.replaceAll(from.slice(-16), to.slice(-16)), 'hex')
      })
    }
  ],
  ['of version 3', 'signature/unsupported', () => changed(good, 2, (body) => void (body[0] = 3))],
  ['of version 6', 'signature/unsupported', () => changed(good, 2, (body) => void (body[0] = 6))],
  ['of version 5', 'signature/unsupported', () => changed(good, 2, (body) => void (body[0] = 5))],
  [
    'without anything in it',
    'signature/bad-structure',
    () => changed(good, 2, () => Buffer.alloc(0))
  ],
  [
    'with subpackets that go on for ever',
    'signature/unreadable',
    () => changed(good, 2, (body) => void body.fill(0xff, 4, 6))
  ],
  ['of a text, not of bytes', 'signature/unsupported', () => both('type', 1)],
  ['of a key, taken from a certificate', 'signature/unsupported', () => both('type', 0x13)],
  ['that stands for nothing', 'signature/unsupported', () => both('type', 2)],
  ['with SHA-1', 'signature/weak-hash', () => both('hash', 2)],
  ['with RIPEMD-160', 'signature/weak-hash', () => both('hash', 3)],
  ['with SHA-224', 'signature/weak-hash', () => both('hash', 11)],
  ['said to be with MD5', 'signature/weak-hash', () => both('hash', 1)],
  ['with a hash that nobody knows', 'signature/weak-hash', () => both('hash', 99)],
  [
    'said to be with another hash',
    'signature/wrong',
    () => both('hash', partsOf(good)[2].body[3] === 8 ? 10 : 8)
  ],
  [
    'that its signer let end',
    'signature/expired',
    () =>
      signOddly(alice, payload(), SIGNED, {
        signatureExpirationTime: 3600,
        signatureNeverExpires: false
      })
  ],
  ['from tomorrow', 'signature/from-the-future', () => sign(alice, payload(), NOW + DAY)],
  [
    'from before its key was made',
    'signature/key-not-made-yet',
    () => signOddly(alice, payload(), MADE - DAY)
  ],
  [
    'with a critical notation that nobody knows',
    'signature/unsupported',
    () =>
      signOddly(alice, payload(), SIGNED, {
        rawNotations: [
          { name: 'a@b', value: Buffer.from('c'), humanReadable: true, critical: true }
        ]
      })
  ]
]

describe('a signature does not count', () => {
  test.each(signatures)('%s', async (_what, code, make) => {
    await refuses(code, make)
  })
})
