import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { SmallTree } from '../world/small-tree.js'

const tree = new SmallTree()

beforeAll(async () => {
  tree.add('app', 'FROM scratch\nCOPY data /data\n', { data: 'app\n' })
  for (const words of [
    ['build', 'app'],
    ['digests', '--write']
  ]) {
    const { status, stderr } = await tree.run(...words)
    if (status !== 0) throw new Error(stderr)
  }
  writeFileSync(join(tree.root, 'MAINTAINERS'), '[people.alice]\n')
}, 120_000)

async function codeOf(...words: string[]): Promise<[number, string]> {
  const { status, stdout } = await tree.run('--json', ...words)
  const { error } = JSON.parse(stdout) as { error?: { code: string } }
  return [status, error?.code ?? 'none']
}

describe('stagex push', () => {
  it('pushes what was built under its version’s tag', async () => {
    const server = await RegistryServer.start()
    const { status, stdout } = await tree.run('push', 'app', `${server.host}/me/app`)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^sha256:[0-9a-f]{64} 127\.0\.0\.1:\d+\/me\/app:1\.0\.0\n$/)
    const digest = stdout.split(' ')[0] ?? ''
    expect([...(server.manifests.get('me/app')?.keys() ?? [])].sort()).toEqual(['1.0.0', digest])
  })

  it('uses the password that was left by a login', async () => {
    const server = await RegistryServer.start()
    const auth = Buffer.from('alice:secret').toString('base64')
    server.meddle = ({ headers }, response) => {
      if (headers.authorization === `Basic ${auth}`) return false
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return true
    }
    const folder = join(tree.home, 'docker')
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({ auths: { [server.host]: { auth } } })
    )
    const reference = `${server.host}/me/app:2`
    expect(await codeOf('push', 'app', reference)).toEqual([1, 'registry/denied'])
    process.env['DOCKER_CONFIG'] = folder
    const { status } = await tree.run('push', 'app', reference)
    delete process.env['DOCKER_CONFIG']
    expect(status).toBe(0)
  })

  it.each([
    ['app@sha256:0', [2, 'cli/bad-usage']],
    ['localhost:1/Upper:tag', [2, 'cli/bad-usage']]
  ])('refuses to push to %s', async (reference, expected) => {
    expect(await codeOf('push', 'app', reference)).toEqual(expected)
  })
})

describe('stagex publish', () => {
  const release = ['--release', '2026.03.0']

  it.each([
    ['no release', ['--all'], 'publish/bad-release'],
    ['no images', release, 'publish/no-registry'],
    ['no images', [...release, '--registry', 'localhost:1/x'], 'cli/bad-usage'],
    [
      'all images and one',
      ['app', '--all', ...release, '--registry', 'localhost:1/x'],
      'cli/bad-usage'
    ],
    ['no registry', ['--all', ...release], 'publish/no-registry'],
    [
      'plain HTTP elsewhere',
      ['--all', ...release, '--registry', 'http://a.example/x'],
      'registry/bad-address'
    ]
  ])('with %s is called wrongly', async (_what, words, code) => {
    expect(await codeOf('publish', ...words)).toEqual([2, code])
  })

  it('refuses everything where nobody is known who could sign', async () => {
    const server = await RegistryServer.start()
    rmSync(join(tree.root, 'MAINTAINERS'))
    const words = ['--all', ...release, '--registry', `${server.host}/stagex`]
    expect(await codeOf('publish', ...words)).toEqual([3, 'maintainers/missing'])
    writeFileSync(join(tree.root, 'MAINTAINERS'), '[people.alice]\n')
    expect(server.requests).toEqual([])
  })

  it('refuses images that nobody vouches for, and asks the registry for nothing', async () => {
    const server = await RegistryServer.start()
    writeFileSync(join(tree.root, 'release.toml'), `registries = ["${server.host}/stagex"]\n`)
    const { status, stdout } = await tree.run('--json', 'publish', '--all', ...release)
    expect(status).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      refused: [{ image: 'user-app', signers: [] }],
      images: [],
      latest: []
    })
    expect(server.requests).toEqual([])
  })
})

describe('stagex preseed', () => {
  it('refuses images that nobody vouches for, and asks the registry for nothing', async () => {
    const server = await RegistryServer.start()
    const home = join(tree.home, '..', 'other')
    const words = ['preseed', '--registry', `${server.host}/stagex`]
    const { status, stdout } = await tree.run('--home', home, '--json', ...words)
    expect(status).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      images: [{ image: 'user-app', state: 'failed', error: { code: 'publish/no-quorum' } }]
    })
    expect(server.requests).toEqual([])
  })
})
