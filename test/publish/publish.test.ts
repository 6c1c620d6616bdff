import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import { mediaTypes } from '../../src/oci/media-type.js'
import { PublishPlace } from '../../src/publish/place.js'
import { releaseName } from '../../src/publish/release-name.js'
import { releaseSettings } from '../../src/publish/release-settings.js'
import { codeOf } from '../oci/registry/client-world.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { allBut, TreeToPublish } from './tree-to-publish.js'

const images = ['user-base', 'user-app']
let world: TreeToPublish

beforeAll(async () => {
  world = await TreeToPublish.make()
}, 120_000)

function tagsOf(server: RegistryServer, image: string): string[] {
  const table = server.manifests.get(`stagex/${image}`) ?? new Map<string, unknown>()
  return [...table.keys()].filter((key) => !key.startsWith('sha256:')).sort()
}

const writes = (server: RegistryServer): string[] =>
  server.requests.filter((line) => /^(?:POST|PUT|PATCH)/.test(line))

describe('publishing', () => {
  test('gives every image its version’s tag, the release’s, and at last latest', async () => {
    const server = await RegistryServer.start()
    const report = await world.publish(server.host)
    expect(report.rows.map(({ state }) => state)).toEqual(['pushed', 'pushed'])
    expect([...report.latestWaitsFor.values()]).toEqual([[]])
    for (const image of images) {
      expect(tagsOf(server, image)).toEqual(['1.0.0', 'latest', 'sx2026.03.0'])
    }
    const tagged = server.requests.filter(
      (line) => line.startsWith('PUT') && line.includes('latest')
    )
    expect(writes(server).slice(-2).sort()).toEqual(tagged.sort())
  })

  test('names by its tags the manifest that people sign', async () => {
    const server = await RegistryServer.start()
    const { rows } = await world.publish(server.host)
    const recorded = readFileSync(join(world.tree.root, 'digests', 'user.txt'), 'utf8')
    for (const { image, digest } of rows) {
      expect(recorded).toContain(`${digest.slice('sha256:'.length)} ${image}\n`)
    }
  })

  test('takes what another image of the release has from there', async () => {
    const server = await RegistryServer.start()
    await world.publish(server.host, images, { jobs: 1 })
    expect(server.requests.some((line) => line.includes('?mount='))).toBe(true)
  })

  test('sends nothing again', async () => {
    const server = await RegistryServer.start()
    await world.publish(server.host)
    const before = writes(server).length
    const again = await world.publish(server.host)
    expect(again.rows.map(({ state }) => state)).toEqual(['present', 'present'])
    expect(writes(server)).toHaveLength(before)
  })

  test('pushes nothing at all where one image has no quorum', async () => {
    const server = await RegistryServer.start()
    const report = await world.publish(server.host, images, { judge: allBut('user-app') })
    expect(report.refused.map(({ image }) => image)).toEqual(['user-app'])
    expect(server.requests).toEqual([])
  })

  test('is refused by a judge that fails', async () => {
    const server = await RegistryServer.start()
    const judge = (): Promise<never> => Promise.reject(new Error('no keys'))
    await expect(world.publish(server.host, images, { judge })).rejects.toThrow('no keys')
    expect(server.requests).toEqual([])
  })

  test('of a part leaves latest where it is until the rest has come', async () => {
    const server = await RegistryServer.start()
    const part = await world.publish(server.host, ['user-base'])
    expect([...part.latestWaitsFor.values()]).toEqual([['user-app']])
    expect(tagsOf(server, 'user-base')).toEqual(['1.0.0', 'sx2026.03.0'])
    const rest = await world.publish(server.host, ['user-app'])
    expect([...rest.latestWaitsFor.values()]).toEqual([[]])
    for (const image of images) expect(tagsOf(server, image)).toContain('latest')
  })

  test('does not move latest to an image of the release that has lost its quorum', async () => {
    const server = await RegistryServer.start()
    await world.publish(server.host, ['user-base'])
    const options = { judge: allBut('user-base') }
    const rest = await world.publish(server.host, ['user-app'], options)
    expect([...rest.latestWaitsFor.values()]).toEqual([['user-base']])
    expect(tagsOf(server, 'user-app')).toEqual(['1.0.0', 'sx2026.03.0'])
  })

  test('never changes what a release’s tag names', async () => {
    const server = await RegistryServer.start()
    const other = Buffer.from('{"schemaVersion":2}')
    server.manifest('stagex/user-app', 'sx2026.03.0', other, mediaTypes.manifest)
    expect(await codeOf(world.publish(server.host))).toBe('publish/tag-taken')
    expect(server.manifests.get('stagex/user-app')?.get('sx2026.03.0')?.bytes).toEqual(other)
  })

  test('only says what it would do in a dry run', async () => {
    const server = await RegistryServer.start()
    const report = await world.publish(server.host, images, { dryRun: true })
    expect(report.rows.map(({ state }) => state)).toEqual(['would-push', 'would-push'])
    expect([...report.latestWaitsFor.values()]).toEqual([[]])
    expect(writes(server)).toEqual([])
  })

  test('goes on where it was interrupted', async () => {
    const server = await RegistryServer.start()
    let puts = 0
    server.meddle = ({ method }, response) => {
      if (method !== 'PUT' || ++puts < 3) return false
      response.writeHead(403).end()
      return true
    }
    expect(await codeOf(world.publish(server.host, images, { jobs: 1 }))).toBe('registry/denied')
    const there = server.blobs.get('stagex/user-base')?.size
    expect(there).toBeGreaterThan(0)
    server.meddle = () => false
    const report = await world.publish(server.host, images, { jobs: 1 })
    expect([...report.latestWaitsFor.values()]).toEqual([[]])
  })
})

describe('what cannot be published', () => {
  test('is an image that is not what the tree records', async () => {
    const file = join(world.tree.root, 'digests', 'user.txt')
    const right = readFileSync(file, 'utf8')
    const wrong = sha256('other').slice('sha256:'.length)
    writeFileSync(file, right.replace(/^[0-9a-f]{64} user-app$/m, `${wrong} user-app`))
    expect(await codeOf(world.publish('127.0.0.1:1'))).toBe('publish/other-digest')
    writeFileSync(file, right.replace(/^.* user-app\n/m, ''))
    expect(await codeOf(world.publish('127.0.0.1:1'))).toBe('publish/not-recorded')
    writeFileSync(file, right)
  })

  test('is an image that was built before its definition changed', async () => {
    const file = join(world.tree.root, 'packages', 'user', 'app', 'more')
    writeFileSync(file, 'changed\n')
    expect(await codeOf(world.publish('127.0.0.1:1'))).toBe('publish/not-built')
    writeFileSync(file, 'app\n')
  })
})

describe('names and settings', () => {
  test.each(['2026.03.0', '2031.12.17'])('%s is a release', (name) => {
    expect(releaseName(name)).toBe(name)
  })

  test.each(['2026.3.0', '2026.13.0', '2026.03', '2026.03.01', '2026.03.0 ', '../x', ''])(
    '%j is none',
    (name) => {
      expect(() => releaseName(name)).toThrow(
        expect.objectContaining({ code: 'publish/bad-release' })
      )
    }
  )

  test.each(['docker.io', 'docker.io/', 'docker.io/Stagex', 'a/b:tag', 'a/b@sha256:0', ''])(
    '%j is no place to publish at',
    (text) => {
      const clock = { now: () => 0, sleep: () => Promise.resolve() }
      expect(() => new PublishPlace(text, { clock, environment: {} })).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/^(?:publish\/bad-settings|registry\/bad-address)$/) as string
        })
      )
    }
  )

  test('a tree without release.toml has no registries and asks for two people and two vendors', () => {
    expect(releaseSettings(world.tree.root)).toEqual({ registries: [], threshold: 2, vendors: 2 })
  })

  test.each(['threshold = 0', 'registries = "x"', 'treshold = 3', '[', 'vendors = 1.5'])(
    'a release.toml with %j is refused',
    (text) => {
      const file = join(world.tree.root, 'release.toml')
      writeFileSync(file, text)
      expect(() => releaseSettings(world.tree.root)).toThrow(
        expect.objectContaining({ code: 'publish/bad-settings' })
      )
      writeFileSync(file, '')
    }
  )
})
