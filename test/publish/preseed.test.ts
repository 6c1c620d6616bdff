import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { allBut, everybody, newHome, TreeToPublish } from './tree-to-publish.js'
import type { PreseededRow } from '../../src/publish/preseed.js'

let world: TreeToPublish

beforeAll(async () => {
  world = await TreeToPublish.make()
}, 120_000)

const told = (rows: readonly PreseededRow[]): [string, string | undefined][] =>
  rows.map(({ image, state, error }) => [image, error?.code ?? state])

async function published(): Promise<RegistryServer> {
  const server = await RegistryServer.start()
  await world.publish(server.host)
  server.requests.length = 0
  return server
}

describe('preseeding', () => {
  test('fills a store such that a build has nothing left to do', async () => {
    const server = await published()
    const home = newHome()
    expect(told(await world.preseed(server.host, home))).toEqual([
      ['user-base', 'taken'],
      ['user-app', 'taken']
    ])
    const build = await world.tree.run('--home', home, 'build', 'user-app', '--json')
    const { images } = JSON.parse(build.stdout) as { images: { outcome: string }[] }
    expect(images.map(({ outcome }) => outcome)).toEqual(['cached', 'cached'])
    expect(readdirSync(join(home, 'sessions'))).toEqual([])
  })

  test('marks what it took as not built here', async () => {
    const server = await published()
    const home = newHome()
    await world.preseed(server.host, home)
    const folder = join(home, 'records', 'image')
    for (const name of readdirSync(folder)) {
      const record = readFileSync(join(folder, name), 'utf8').split('\n')[1] ?? ''
      expect(JSON.parse(record)).toMatchObject({ preseeded: true })
    }
  })

  test('takes nothing twice', async () => {
    const server = await published()
    const home = newHome()
    await world.preseed(server.host, home)
    const before = server.requests.length
    expect(told(await world.preseed(server.host, home))).toEqual([
      ['user-base', 'known'],
      ['user-app', 'known']
    ])
    expect(server.requests).toHaveLength(before)
  })

  test('asks for nothing that has no quorum, nor for what is made of it', async () => {
    const server = await published()
    const home = newHome()
    const rows = await world.preseed(server.host, home, { judge: allBut('user-base') })
    expect(told(rows)).toEqual([
      ['user-base', 'publish/no-quorum'],
      ['user-app', 'skipped']
    ])
    expect(rows[0]?.error?.kind).toBe('trust')
    expect(server.requests).toEqual([])
    expect(readdirSync(join(home, 'blobs', 'sha256'))).toEqual([])
  })

  test('refuses an image that its signers made of other inputs', async () => {
    const server = await published()
    const inputs = [sha256('other inputs')]
    const judge = async (...image: Parameters<typeof everybody>) => {
      return { ...(await everybody(...image)), inputs }
    }
    const [row] = await world.preseed(server.host, newHome(), { judge })
    expect(row?.error?.code).toBe('publish/no-quorum')
  })

  test('refuses the image of another definition before it pulls a layer', async () => {
    const server = await published()
    const file = join(world.tree.root, 'packages', 'user', 'app', 'Containerfile')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('ENV A=b', 'ENV A=c'))
    const rows = await world.preseed(server.host, newHome())
    writeFileSync(file, text)
    expect(told(rows)[1]).toEqual(['user-app', 'preseed/other-definition'])
  })

  test('refuses a folder that is being worked on, although its image would look the same', async () => {
    const server = await published()
    const git = (...words: string[]): void => {
      const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b']
      spawnSync('git', ['-C', world.tree.root, ...identity, ...words])
    }
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'all')
    const file = join(world.tree.root, 'packages', 'user', 'app', 'more')
    writeFileSync(file, 'something else\n')
    const rows = await world.preseed(server.host, newHome())
    writeFileSync(file, 'app\n')
    expect(told(rows)).toEqual([
      ['user-base', 'taken'],
      ['user-app', 'preseed/other-definition']
    ])
  })

  test('keeps nothing of a registry that lies about a layer', async () => {
    const server = await published()
    for (const blobs of server.blobs.values()) {
      for (const [digest, bytes] of blobs) {
        if (bytes[0] === 0x1f) blobs.set(digest, Buffer.alloc(bytes.length))
      }
    }
    const home = newHome()
    const rows = await world.preseed(server.host, home)
    expect(told(rows)[0]).toEqual(['user-base', 'registry/digest-mismatch'])
    expect(readdirSync(join(home, 'blobs', 'sha256'))).toEqual([])
    expect(readdirSync(join(home, 'records', 'image'))).toEqual([])
  })

  test('of a release refuses what its tag no longer names', async () => {
    const server = await published()
    const table = server.manifests.get('stagex/user-base')
    const other = server.manifests.get('stagex/user-app')?.get('sx2026.03.0')
    if (other !== undefined) table?.set('sx2026.03.0', other)
    const release = '2026.03.0'
    const rows = await world.preseed(server.host, newHome(), { release })
    expect(told(rows)[0]).toEqual(['user-base', 'preseed/other-release'])
  })

  test('says where an image is not published', async () => {
    const server = await RegistryServer.start()
    const rows = await world.preseed(server.host, newHome())
    expect(told(rows)[0]).toEqual(['user-base', 'preseed/not-published'])
  })
})
