import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { SmallTree } from '../world/small-tree.js'
import { DAY, makeKey, payload, sign } from './trust-world.js'

const now = Math.floor(Date.now() / 1000)
const alice = await makeKey('alice', { made: now - DAY })
const mediaType = 'application/vnd.oci.image.manifest.v1+json'

/** The bytes of a manifest; another for each version. */
function manifest(version: string): Buffer {
  const config = {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: sha256(version),
    size: 0
  }
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] }))
}

/** A tree of one image that two registries have, as one person signed it. */
async function publishedTree() {
  const tree = new SmallTree()
  tree.add('base', 'FROM scratch\nCOPY data /data\n', { data: 'base\n' })
  const registries = [await RegistryServer.start(), await RegistryServer.start()] as const
  const places = registries.map(({ host }) => `${host}/stagex`)
  writeFileSync(
    join(tree.root, 'release.toml'),
    `registries = ${JSON.stringify(places)}\nthreshold = 1\nvendors = 1\n`
  )
  mkdirSync(join(tree.root, 'keys'))
  writeFileSync(join(tree.root, 'keys', 'alice.asc'), alice.toPublic().armor())
  writeFileSync(
    join(tree.root, 'MAINTAINERS'),
    `[people.alice]\n[keys.alice.a]\nfingerprint = "${alice.getFingerprint()}"\n`
  )
  const good = manifest('good')
  for (const registry of registries) {
    registry.manifest('stagex/user-base', 'sx2026.03.0', good, mediaType)
  }
  const digest = sha256(good)
  const folder = join(tree.root, 'signatures', `stagex/user-base@sha256=${digest.slice(7)}`)
  mkdirSync(folder, { recursive: true })
  const text = payload({ reference: `${places[0] ?? ''}/user-base:1`, digest })
  writeFileSync(join(folder, 'signature-1'), await sign(alice, text, now - 60))
  const verify = async (): Promise<[number, { digest: string; met: boolean }[]]> => {
    const { status, stdout } = await tree.run('--json', 'verify', '--release', '2026.03.0')
    const { images = [] } = JSON.parse(stdout === '' ? '{}' : stdout) as {
      images?: { digest: string; met: boolean }[]
    }
    return [status, images.map(({ digest: of, met }) => ({ digest: of, met }))]
  }
  return { registries, digest, verify }
}

describe('stagex verify --release', () => {
  test('asks every registry, and tells of one image where they agree', async () => {
    const { registries, digest, verify } = await publishedTree()
    expect(await verify()).toEqual([0, [{ digest, met: true }]])
    for (const { requests } of registries) {
      expect(requests).toContain('GET /v2/stagex/user-base/manifests/sx2026.03.0')
    }
  }, 60_000)

  test('refuses a release of which one registry, whichever, has another image', async () => {
    for (const which of [0, 1] as const) {
      const { registries, digest, verify } = await publishedTree()
      const other = manifest('other')
      registries[which].manifest('stagex/user-base', 'sx2026.03.0', other, mediaType)
      const [status, images] = await verify()
      expect(status).toBe(3)
      const expected = [
        { digest, met: true },
        { digest: sha256(other), met: false }
      ]
      expect(images).toEqual(which === 1 ? expected : expected.reverse())
    }
  }, 60_000)

  test('refuses a release of which one registry, or each, has an index of nothing', async () => {
    const index = 'application/vnd.oci.image.index.v1+json'
    const empty = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: index, manifests: [] }))
    for (const places of [[0], [1], [0, 1]] as const) {
      const { registries, verify } = await publishedTree()
      for (const which of places) {
        registries[which].manifest('stagex/user-base', 'sx2026.03.0', empty, index)
      }
      expect(await verify()).toEqual([1, []])
    }
  }, 60_000)

  test('refuses a release that one registry does not have', async () => {
    const { registries, verify } = await publishedTree()
    registries[1].manifests.clear()
    const [status, images] = await verify()
    expect([status, images]).toEqual([1, []])
  }, 60_000)
})
