import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as openpgp from 'openpgp'
import { onTestFinished } from 'vitest'
import { type Digest, sha256 } from '../../src/oci/digest.js'
import type { Subject } from '../../src/trust/payload/subject.js'
import { type Demand, judge, type Quorum, type Trusted } from '../../src/trust/quorum/judge.js'
import { loadTrusted } from '../../src/trust/quorum/load-trusted.js'

/** 2026-01-01T00:00:00Z: when keys of this world are made. Times are seconds since 1970. */
export const MADE = 1767225600
export const DAY = 24 * 3600
/** When signatures are made. */
export const SIGNED = MADE + 30 * DAY
/** The present. */
export const NOW = MADE + 60 * DAY

/** The image that everything is about. */
export const subject: Subject = {
  image: 'core-gcc',
  digest: sha256('the manifest'),
  repositories: ['docker.io/stagex/core-gcc'],
  paths: ['stagex/core-gcc']
}

/** What a key is made with. */
export interface KeyWishes {
  readonly made?: number
  /** Seconds. */
  readonly lifetime?: number
  readonly rsaBits?: number
  readonly curve?: openpgp.EllipticCurveName
  /** With a subkey that signs, so that the primary key only certifies. */
  readonly subkey?: boolean
}

/** A person with a secret key. */
export async function makeKey(id: string, wishes: KeyWishes = {}): Promise<openpgp.PrivateKey> {
  const { made = MADE, lifetime = 0, rsaBits, curve = 'ed25519Legacy', subkey = false } = wishes
  const { privateKey } = await openpgp.generateKey({
    ...(rsaBits === undefined
      ? { type: 'ecc' as const, curve }
      : { type: 'rsa' as const, rsaBits }),
    userIDs: [{ name: id, email: `${id}@example.org` }],
    date: new Date(made * 1000),
    keyExpirationTime: lifetime,
    subkeys: subkey ? [{ sign: true }] : [],
    format: 'object',
    config: { minRSABits: 1024 }
  })
  return privateKey
}

/** The same numbers with another date, and so with another fingerprint. */
export async function underAnotherDate(
  key: openpgp.PrivateKey,
  id: string
): Promise<openpgp.PrivateKey> {
  const date = new Date((MADE + 60) * 1000)
  const later = await openpgp.readPrivateKey({ binaryKey: key.write() })
  later.keyPacket.created = date
  // The fingerprint is kept from when the packet was read.
  Object.assign(later.keyPacket, { fingerprint: null, keyID: null })
  const packet = later.keyPacket as unknown as { computeFingerprintAndKeyID: () => Promise<void> }
  await packet.computeFingerprintAndKeyID()
  const userIDs = { name: id }
  const made = await openpgp.reformatKey({ privateKey: later, userIDs, date, format: 'object' })
  return made.privateKey
}

/** The payload of a signature of `subject`, with changes. */
export function payload(
  changes: {
    readonly reference?: string
    readonly digest?: string
    readonly type?: string
    readonly optional?: unknown
  } = {}
): string {
  const { reference = 'docker.io/stagex/core-gcc:1.0', digest = subject.digest } = changes
  return JSON.stringify({
    critical: {
      identity: { 'docker-reference': reference },
      image: { 'docker-manifest-digest': digest },
      type: changes.type ?? 'atomic container signature'
    },
    optional: changes.optional ?? {}
  })
}

/** Signs content as gpg does, without compression. */
export async function sign(
  key: openpgp.PrivateKey,
  content: string | Uint8Array = payload(),
  signed = SIGNED,
  config: openpgp.PartialConfig = {}
): Promise<Uint8Array> {
  const binary = typeof content === 'string' ? Buffer.from(content) : content
  const date = new Date(signed * 1000)
  const message = await openpgp.createMessage({ binary, date })
  const settings = { ...config, minRSABits: 1024 }
  return (await openpgp.sign({
    message,
    signingKeys: key,
    date,
    format: 'binary',
    config: settings
  })) as Uint8Array
}

/** A folder with MAINTAINERS and keys of one test's own. */
export class TrustWorld {
  readonly root = mkdtempSync(join(tmpdir(), 'stagex-trust-'))

  constructor() {
    mkdirSync(join(this.root, 'keys'))
    onTestFinished(() => {
      rmSync(this.root, { recursive: true, force: true })
    })
  }

  /** A world of people with one key each and machines as told. */
  static of(people: Readonly<Record<string, openpgp.Key>>, machines = ''): TrustWorld {
    const world = new TrustWorld()
    const keys = Object.entries(people)
    world.maintainers(
      keys
        .map(
          ([id, key]) =>
            `[people.${id}]\n[keys.${id}.main]\nfingerprint = "${key.getFingerprint()}"\n`
        )
        .join('') + machines
    )
    for (const [id, key] of keys) world.key(`${id}.asc`, key.toPublic().armor())
    return world
  }

  maintainers(text: string): void {
    writeFileSync(join(this.root, 'MAINTAINERS'), text)
  }

  key(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.root, 'keys', name), content)
  }

  trusted(now = NOW): Trusted {
    return loadTrusted(this.root, now)
  }

  /** Judges signatures of `subject`. */
  judge(
    signatures: readonly Uint8Array[],
    demand: Demand = { threshold: 2, vendors: 0 },
    now = NOW
  ): Quorum {
    const found = signatures.map((bytes, index) => ({ where: `signature-${index + 1}`, bytes }))
    return judge(subject, found, this.trusted(now), demand)
  }
}

/** What became of each signature: the person, or the code of why it does not count. */
export function told({ counted, notCounted }: Quorum): string[] {
  return [...counted.map(({ person }) => person), ...notCounted.map(({ code }) => code)]
}

export const otherDigest: Digest = sha256('another manifest')
