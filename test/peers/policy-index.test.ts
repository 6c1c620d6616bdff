import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as openpgp from 'openpgp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Digest, sha256 } from '../../src/oci/digest.js'
import { subjectOf } from '../../src/trust/payload/subject.js'
import { installPolicy } from '../../src/trust/policy/install-policy.js'
import { makePolicy } from '../../src/trust/policy/policy.js'
import { RING_FOLDER } from '../../src/trust/policy/policy-files.js'
import { verifyImage } from '../../src/trust/quorum/verify-images.js'
import { folderSource } from '../../src/trust/sources/folder-source.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { DAY, makeKey, payload, sign, TrustWorld } from '../trust/trust-world.js'
import { have, podmanPulls, skopeoCopies } from './stock-tools.js'

const now = Math.floor(Date.now() / 1000)
const OCI = 'application/vnd.oci.image'
type Architecture = 'amd64' | 'arm64'

/** An index of images without a layer; gives the digests of its manifests and its own. */
function putIndex(server: RegistryServer): Record<Architecture | 'index', Digest> {
  const path = 'stagex/core-x'
  const put = (architecture: Architecture) => {
    const rootfs = { type: 'layers', diff_ids: [] }
    const config = { architecture, os: 'linux', config: {}, rootfs }
    const blob = server.blob(path, Buffer.from(JSON.stringify(config)))
    const bytes = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: `${OCI}.manifest.v1+json`,
        config: { mediaType: `${OCI}.config.v1+json`, ...blob },
        layers: []
      })
    )
    server.manifest(path, sha256(bytes), bytes, `${OCI}.manifest.v1+json`)
    const platform = { architecture, os: 'linux' }
    const mediaType = `${OCI}.manifest.v1+json`
    return { mediaType, digest: sha256(bytes), size: bytes.length, platform }
  }
  const [amd64, arm64] = [put('amd64'), put('arm64')]
  const mediaType = `${OCI}.index.v1+json`
  const index = { schemaVersion: 2, mediaType, manifests: [amd64, arm64] }
  const bytes = Buffer.from(JSON.stringify(index))
  server.manifest(path, 'latest', bytes, mediaType)
  return { amd64: amd64.digest, arm64: arm64.digest, index: sha256(bytes) }
}

/** A registry with an index, and people whose policy asks for two signatures. */
class IndexWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'stagex-index-'))
  readonly config = join(this.folder, '.config/containers')
  readonly signatures = join(this.folder, 'signatures')
  readonly world: TrustWorld
  readonly keys: Readonly<Record<string, openpgp.PrivateKey>>
  readonly host: string
  readonly digests: Record<Architecture | 'index', Digest>

  constructor(keys: Readonly<Record<string, openpgp.PrivateKey>>, server: RegistryServer) {
    this.keys = keys
    this.host = server.host
    this.digests = putIndex(server)
    this.world = TrustWorld.of(keys)
    const { ring } = this.world.trusted(now)
    const keyFolder = join(this.config, RING_FOLDER)
    const policy = makePolicy({ ring, now, threshold: 2, scopes: [this.place], keyFolder })
    const lookaside = `file://${this.signatures}`
    installPolicy({ folder: this.config, policy, lookaside, process: 1 })
    onTestFinished(() => {
      rmSync(this.folder, { recursive: true, force: true })
    })
  }

  get place(): string {
    return `${this.host}/stagex`
  }

  /** Everybody signs a digest. */
  async sign(what: Architecture | 'index'): Promise<void> {
    const digest = this.digests[what]
    const target = join(this.signatures, `stagex/core-x@sha256=${digest.slice(7)}`)
    mkdirSync(target, { recursive: true })
    const text = payload({ reference: `${this.place}/core-x:1`, digest })
    for (const [at, key] of Object.values(this.keys).entries()) {
      writeFileSync(join(target, `signature-${at + 1}`), await sign(key, text, now - 60))
    }
  }

  /** Whose answer for a platform is good: ours, skopeo's, and podman's where it is there. */
  async answers(architecture: Architecture): Promise<Record<string, boolean>> {
    const subject = subjectOf('core-x', this.digests[architecture], [this.place])
    const trusted = this.world.trusted(now)
    const demand = { threshold: 2, vendors: 0 }
    const sources = [folderSource(this.signatures)]
    const { met } = await verifyImage(subject, { trusted, demand, sources, jobs: 1 })
    const image = `${this.place}/core-x:latest`
    const words = ['--override-arch', architecture]
    const skopeo = await skopeoCopies(image, this.config, this.folder, words)
    const podman = have('podman')
      ? await podmanPulls(image, this.config, this.folder, ['--arch', architecture])
      : skopeo
    return { ours: met, skopeo, podman }
  }
}

const all = (answer: boolean) => ({ ours: answer, skopeo: answer, podman: answer })

describe.skipIf(!have('skopeo'))('an exported policy, for an image of several platforms', () => {
  test('asks for signatures of the platform’s own manifest, as stagex verify does', async () => {
    const keys = {
      alice: await makeKey('alice', { made: now - DAY }),
      bob: await makeKey('bob', { made: now - DAY })
    }
    const server = await RegistryServer.start()
    server.meddle = ({ url }, response) => {
      if (url !== '/v2/') return false
      response.writeHead(200).end('{}')
      return true
    }
    const world = new IndexWorld(keys, server)
    await world.sign('index')
    expect(await world.answers('amd64')).toEqual(all(false))
    await world.sign('amd64')
    expect(await world.answers('amd64')).toEqual(all(true))
    expect(await world.answers('arm64')).toEqual(all(false))
    await world.sign('arm64')
    expect(await world.answers('arm64')).toEqual(all(true))
  }, 120_000)
})
