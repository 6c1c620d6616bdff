import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as openpgp from 'openpgp'
import { describe, expect, test } from 'vitest'
import { inParallel } from '../../src/base/in-parallel.js'
import { sha256 } from '../../src/oci/digest.js'
import { subjectOf } from '../../src/trust/payload/subject.js'
import { installPolicy } from '../../src/trust/policy/install-policy.js'
import { makePolicy } from '../../src/trust/policy/policy.js'
import { RING_FOLDER } from '../../src/trust/policy/policy-files.js'
import { subsets } from '../../src/trust/policy/subsets.js'
import { verifyImage } from '../../src/trust/quorum/verify-images.js'
import { folderSource } from '../../src/trust/sources/folder-source.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { changed, signOddly } from '../trust/hostile-messages.js'
import { have, podmanPulls, skopeoCopies } from './stock-tools.js'
import { DAY, makeKey, payload, sign, TrustWorld } from '../trust/trust-world.js'

const now = Math.floor(Date.now() / 1000)
const PEOPLE = ['a', 'b', 'c', 'd', 'e'] as const

/** An image without a layer, at a registry. */
function putImage(server: RegistryServer): {
  readonly name: string
  readonly digest: `sha256:${string}`
} {
  const rootfs = { type: 'layers', diff_ids: [] }
  const config = Buffer.from(
    JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs })
  )
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: sha256(config),
        size: config.length
      },
      layers: []
    })
  )
  const digest = sha256(manifest)
  const stored = { mediaType, bytes: manifest }
  server.blobs.set('stagex/core-x', new Map([[sha256(config), config]]))
  server.manifests.set(
    'stagex/core-x',
    new Map([
      ['1.0', stored],
      ['latest', stored],
      [digest, stored]
    ])
  )
  return { name: `${server.host}/stagex/core-x`, digest }
}

/** Signatures of one image, and what is asked of them. */
interface Scenario {
  readonly name: string
  readonly signatures: readonly Uint8Array[]
}

async function scenarios(
  keys: Record<string, openpgp.PrivateKey>,
  image: ReturnType<typeof putImage>
): Promise<Scenario[]> {
  const reference = `${image.name}:1.0`
  const good = payload({ reference, digest: image.digest })
  const key = (id: string): openpgp.PrivateKey => keys[id] ?? fail(id)
  const valid = new Map<string, Uint8Array>()
  for (const id of PEOPLE) valid.set(id, await sign(key(id), good, now - 60))
  const of = (ids: readonly string[]): Uint8Array[] => ids.map((id) => valid.get(id) ?? fail(id))
  const all = [0, 1, 2, 3, 4, 5].flatMap((size) =>
    [...subsets(PEOPLE, size)].map((ids) => ({
      name: `signed by ${ids.join('')}`,
      signatures: of(ids)
    }))
  )
  const bad: Record<string, Uint8Array> = {
    'a damaged one': changed(of(['a'])[0] ?? fail('a'), 2, (body) => {
      body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1
    }),
    'a stranger’s': await sign(await makeKey('eve', { made: now - DAY }), good, now - 60),
    'one by an ended key': await sign(key('old'), good, now - 50 * DAY),
    'one by a withdrawn key': await sign(key('gone'), good, now - 60),
    'one that ended': await signOddly(key('a'), good, now - 60, {
      signatureExpirationTime: 30,
      signatureNeverExpires: false
    }),
    'one of another digest': await sign(
      key('a'),
      payload({ reference, digest: sha256('other') }),
      now - 60
    ),
    'one of another image': await sign(
      key('a'),
      payload({ reference: `${image.name}y:1.0`, digest: image.digest }),
      now - 60
    ),
    'one more of b': await sign(key('b'), good, now - 50),
    'one by b’s other key': await sign(key('b2'), good, now - 50),
    'one of nothing': Buffer.from([0xc2, 0])
  }
  const mixed = Object.entries(bad).flatMap(([name, signature]) =>
    [['b'], ['b', 'c']].map((ids) => ({
      name: `signed by ${ids.join('')} and ${name}`,
      signatures: [signature, ...of(ids)]
    }))
  )
  return [...all, ...mixed]
}

function fail(what: string): never {
  throw new Error(what)
}

describe.skipIf(!have('skopeo') || !have('gpg'))('an exported policy', () => {
  test('has skopeo and podman answer as stagex verify does', async () => {
    const keys: Record<string, openpgp.PrivateKey> = {}
    for (const id of [...PEOPLE, 'b2', 'gone'])
      keys[id] = await makeKey(id, { made: now - 2 * DAY })
    keys['old'] = await makeKey('old', { made: now - 100 * DAY, lifetime: 60 * DAY })
    const { publicKey } = await openpgp.revokeKey({
      key: keys['gone'] ?? fail('gone'),
      format: 'object'
    })
    const world = TrustWorld.of({ ...keys, gone: publicKey })
    const lines = [...PEOPLE, 'b2', 'gone', 'old'].map((id) => {
      // Ended and withdrawn keys are a’s: were they to count, they would count as one of the five.
      const person = id === 'b2' ? 'b' : id === 'gone' || id === 'old' ? 'a' : id
      return `[keys.${person}.${id}]\nfingerprint="${keys[id]?.getFingerprint() ?? ''}"\n`
    })
    world.maintainers(PEOPLE.map((id) => `[people.${id}]\n`).join('') + lines.join(''))
    const server = await RegistryServer.start()
    // The question whether this is a registry at all, which our own client never asks.
    server.meddle = ({ url }, response) => {
      if (url !== '/v2/') return false
      response.writeHead(200).end('{}')
      return true
    }
    const image = putImage(server)
    const place = `${server.host}/stagex`
    const trusted = world.trusted(now)
    const subject = subjectOf('core-x', image.digest, [place])
    const home = mkdtempSync(join(tmpdir(), 'stagex-policy-'))
    const answers = await inParallel(
      (await scenarios(keys, image)).flatMap((scenario, index) =>
        [2, 3].map((threshold) => ({ ...scenario, index, threshold }))
      ),
      3,
      async ({ name, signatures, index, threshold }) => {
        const folder = join(home, `${index}-${threshold}`)
        const tree = join(folder, 'signatures')
        const target = join(tree, `stagex/core-x@sha256=${image.digest.slice(7)}`)
        mkdirSync(target, { recursive: true })
        signatures.forEach((bytes, at) => {
          writeFileSync(join(target, `signature-${at + 1}`), bytes)
        })
        const { ring } = trusted
        const keyFolder = join(folder, '.config/containers', RING_FOLDER)
        const policy = makePolicy({ ring, now, threshold, scopes: [place], keyFolder })
        const config = dirname(keyFolder)
        installPolicy({ folder: config, policy, lookaside: `file://${tree}`, process: 1 })
        const theirs = await skopeoCopies(`${image.name}:latest`, config, folder)
        const demand = { threshold, vendors: 0 }
        const sources = [folderSource(tree)]
        const { met } = await verifyImage(subject, { trusted, demand, sources, jobs: 1 })
        return { name: `${name}, ${threshold} wanted`, ours: met, theirs, folder }
      }
    )
    expect(
      answers
        .filter(({ ours, theirs }) => ours !== theirs)
        .map(({ name, theirs }) => `${name}: theirs ${String(theirs)}`)
    ).toEqual([])
    expect(answers.filter(({ theirs }) => theirs)).toHaveLength(26 + 16 + 10)
    if (have('podman')) {
      const differing = await inParallel(answers, 3, async ({ name, ours, folder }) => {
        const config = join(folder, '.config/containers')
        const podman = await podmanPulls(`${image.name}:latest`, config, folder)
        return podman === ours ? [] : [`${name}: podman’s ${String(podman)}`]
      })
      expect(differing.flat()).toEqual([])
    }
    rmSync(home, { recursive: true, force: true })
  }, 300_000)
})
