import { describe, test } from 'vitest'
import { alice, type Cases, refuses } from './hostile-world.js'
import { otherDigest, payload, sign, subject } from './trust-world.js'

const payloadSigned = (content: string | Uint8Array) => sign(alice, content)
const optional = (value: unknown) => payloadSigned(payload({ optional: value }))
const reference = (text: string) => payloadSigned(payload({ reference: text }))
const digest = (text: string) => payloadSigned(payload({ digest: text }))
const text = (value: unknown): Promise<Uint8Array> => payloadSigned(JSON.stringify(value))
const critical = {
  identity: { 'docker-reference': 'docker.io/stagex/core-gcc:1.0' },
  image: { 'docker-manifest-digest': subject.digest },
  type: 'atomic container signature'
}

const payloads: Cases = [
  ['no text', 'payload/not-utf8', () => payloadSigned(Buffer.from([0xff, 0xfe]))],
  ['nothing', 'payload/not-json', () => payloadSigned('')],
  ['no JSON', 'payload/not-json', () => payloadSigned('signed: yes')],
  ['a byte order mark', 'payload/not-json', () => payloadSigned(`\ufeff${payload()}`)],
  ['two texts', 'payload/not-json', () => payloadSigned(payload() + payload())],
  ['a text and a zero', 'payload/not-json', () => payloadSigned(`${payload()}\0`)],
  [
    'a nest of a thousand lists',
    'payload/not-json',
    () =>
      payloadSigned(
        payload().replace(
          '"optional":{}',
          `"optional":{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`
        )
      )
  ],
  ['null', 'payload/bad-form', () => text(null)],
  ['a list', 'payload/bad-form', () => text([critical])],
  ['a text', 'payload/bad-form', () => text('good')],
  ['no image', 'payload/bad-form', () => text({ critical: { ...critical, image: undefined } })],
  [
    'an image without a digest',
    'payload/bad-form',
    () => text({ critical: { ...critical, image: {} } })
  ],
  [
    'no identity',
    'payload/bad-form',
    () => text({ critical: { ...critical, identity: undefined } })
  ],
  ['no type', 'payload/bad-form', () => text({ critical: { ...critical, type: undefined } })],
  [
    'the type of another system',
    'payload/bad-form',
    () => payloadSigned(payload({ type: 'cosign container image signature' }))
  ],
  [
    'a member that is critical and unknown',
    'payload/bad-form',
    () => text({ critical: { ...critical, policy: 'none' } })
  ],
  ['a member beside critical and optional', 'payload/bad-form', () => text({ critical, also: {} })],
  [
    'a prototype',
    'payload/bad-form',
    () =>
      payloadSigned(`{"critical":${JSON.stringify(critical)},"optional":{},"__proto__":{"a":1}}`)
  ],
  ['another writing of critical', 'payload/bad-form', () => text({ Critical: critical })],
  [
    'critical twice',
    'payload/duplicate-member',
    () =>
      payloadSigned(
        payload().replace(
          '{',
          `{"critical":${JSON.stringify({ ...critical, image: { 'docker-manifest-digest': otherDigest } })},`
        )
      )
  ],
  [
    'a digest twice, once in disguise',
    'payload/duplicate-member',
    () =>
      payloadSigned(
        payload().replace(
          '"docker-manifest-digest"',
          `"docker-manifest-d\\u0069gest":"${otherDigest}","docker-manifest-digest"`
        )
      )
  ],
  ['a digest of another kind', 'payload/bad-form', () => digest(`sha512:${'ab'.repeat(64)}`)],
  ['a digest in capitals', 'payload/bad-form', () => digest(subject.digest.toUpperCase())],
  ['a digest and a line break', 'payload/bad-form', () => digest(`${subject.digest}\n`)],
  [
    'a digest that is a number',
    'payload/bad-form',
    () => text({ critical: { ...critical, image: { 'docker-manifest-digest': 1 } } })
  ],
  ['the digest of another image', 'payload/other-digest', () => digest(otherDigest)],
  [
    'the name of another image',
    'payload/other-image',
    () => reference('docker.io/stagex/core-tcc:1.0')
  ],
  [
    'a name that begins like the image’s',
    'payload/other-image',
    () => reference('docker.io/stagex/core-gcc-evil:1.0')
  ],
  [
    'the name at another registry',
    'payload/other-image',
    () => reference('evil.example/stagex/core-gcc:1.0')
  ],
  [
    'the name of another owner',
    'payload/other-image',
    () => reference('docker.io/evil/core-gcc:1.0')
  ],
  ['a name without a tag', 'payload/bad-reference', () => reference('docker.io/stagex/core-gcc')],
  [
    'a name that is a path',
    'payload/bad-reference',
    () => reference('docker.io/stagex/../core-gcc:1')
  ],
  [
    'a name with a line break',
    'payload/bad-reference',
    () => reference('docker.io/stagex/core-gcc:1.0\n')
  ],
  ['no name', 'payload/bad-form', () => reference('')],
  [
    'a name with another digest',
    'payload/other-digest',
    () => reference(`docker.io/stagex/core-gcc:1.0@${otherDigest}`)
  ],
  ['a time that is a text', 'payload/bad-form', () => optional({ timestamp: 'now' })],
  ['a creator that is a list', 'payload/bad-form', () => optional({ creator: [] })],
  ['inputs that are no digest', 'payload/bad-form', () => optional({ stagex: { inputs: 'all' } })],
  [
    'a machine that nobody has',
    'payload/unknown-machine',
    () => optional({ stagex: { machine: 'moon' } })
  ],
  [
    'the machine of somebody else',
    'payload/unknown-machine',
    () => optional({ stagex: { machine: 'bobs' } })
  ],
  [
    'a machine with another vendor',
    'payload/other-vendor',
    () => optional({ stagex: { machine: 'desk', 'cpu-vendor': 'Intel' } })
  ]
]

describe('a signature does not count', () => {
  test.each(payloads)('where what is signed is, or has, %s', async (_what, code, make) => {
    await refuses(code, make)
  })
})
