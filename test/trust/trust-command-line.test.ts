import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/oci/digest.js'
import { SmallTree } from '../world/small-tree.js'
import { DAY, makeKey, payload, sign } from './trust-world.js'

const now = Math.floor(Date.now() / 1000)
const digest = sha256('an image')
const tree = new SmallTree()
/** Where the tools of containers would look. */
const config = { XDG_CONFIG_HOME: join(tree.home, 'config') }
const containers = join(config.XDG_CONFIG_HOME, 'containers')

interface Failure {
  readonly source: string
  readonly code: string
}

beforeAll(async () => {
  tree.add('base', 'FROM scratch\nCOPY data /data\n', { data: 'base\n' })
  const alice = await makeKey('alice', { made: now - DAY })
  const listed = `[people.alice]\n[keys.alice.a]\nfingerprint = "${alice.getFingerprint()}"\n`
  writeFileSync(join(tree.root, 'MAINTAINERS'), listed)
  mkdirSync(join(tree.root, 'keys'))
  writeFileSync(join(tree.root, 'keys', 'alice.asc'), alice.toPublic().armor())
  mkdirSync(join(tree.root, 'digests'))
  writeFileSync(join(tree.root, 'digests', 'user.txt'), `${digest.slice(7)} user-base\n`)
  const folder = join(tree.root, 'signatures', `stagex/user-base@sha256=${digest.slice(7)}`)
  mkdirSync(folder, { recursive: true })
  const text = payload({ reference: 'docker.io/stagex/user-base:1', digest })
  writeFileSync(join(folder, 'signature-1'), await sign(alice, text, now - 60))
})

describe('a place of signatures that cannot be opened', () => {
  const good = ['--signatures', join(tree.root, 'signatures')]
  const bad = ['--signatures', '/no-such-folder', '--signatures', 'git+file:///no-such-repository']
  const codes = ['signatures/no-folder', 'signatures/git-failed']

  test('takes nothing away from what other places have, and is named', async () => {
    const words = ['verify', 'user-base', '--threshold', '1', ...bad, ...good]
    const { status, stdout } = await tree.run('--json', ...words)
    const { images } = JSON.parse(stdout) as {
      images: { people: string[]; failures: Failure[] }[]
    }
    expect(status).toBe(0)
    expect(images[0]?.people).toEqual(['alice'])
    expect(images[0]?.failures.map(({ code }) => code)).toEqual(codes)
  })

  test('makes no image good', async () => {
    const { status, stdout } = await tree.run('verify', 'user-base', '--threshold', '1', ...bad)
    expect(status).toBe(3)
    for (const code of codes) expect(stdout).toContain(`[${code}]`)
  })

  test('is named by the status of a release, too', async () => {
    const { status, stdout } = await tree.run('release', 'status', '2026.03.0', ...bad)
    expect(status).toBe(3)
    for (const code of codes) expect(stdout).toContain(`[${code}]`)
  })
})

describe('a name of something to verify', () => {
  // The tests run in a folder that has digests/.
  test.each(['digests/usr.txt', './nothing', '/no-such-folder/user-base', 'oci:nothing'])(
    'such as %s, which is not there, is not asked of any registry',
    async (name) => {
      const { status, stdout } = await tree.run('--json', 'verify', name)
      expect(status).toBe(2)
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'cli/bad-usage' } })
    }
  )
})

describe('a layout without an image', () => {
  test('is not passed over because another image is good', async () => {
    const folder = join(tree.home, 'empty')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
    writeFileSync(join(folder, 'index.json'), '{"schemaVersion":2,"manifests":[]}')
    const words = ['verify', 'user-base', folder, '--threshold', '1']
    expect((await tree.run(...words)).status).toBe(2)
  })
})

describe('a policy', () => {
  const install = (...words: string[]) => {
    return tree.runWith(config, 'policy', 'install', '--threshold', '1', ...words)
  }

  test.each(['signatures', 'ftp://example.org/signatures', 'https://'])(
    'is not installed with %s for a lookaside',
    async (lookaside) => {
      expect((await install('--lookaside', lookaside)).status).toBe(2)
      expect(existsSync(containers)).toBe(false)
    }
  )

  test('is removed, but not by --dry-run', async () => {
    expect((await install()).status).toBe(0)
    const file = join(containers, 'policy.json')
    const installed = readFileSync(file, 'utf8')
    const { stdout } = await tree.runWith(config, '--json', 'policy', 'remove', '--dry-run')
    expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, installed: true, removed: false })
    expect(readFileSync(file, 'utf8')).toBe(installed)
    expect((await tree.runWith(config, 'policy', 'remove')).status).toBe(0)
    expect(existsSync(file)).toBe(false)
  })
})

describe('stagex serve', () => {
  test.each([
    ['--port', '65536'],
    ['--signatures', '/no-such-folder']
  ])('refuses %s %s as a mistake in what was written', async (...words) => {
    const { status, stdout } = await tree.run('--json', 'serve', ...words)
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'cli/bad-usage' } })
  })
})

describe('Ctrl-C', () => {
  test.each([
    ['verify', '/stagex/user-base:1'],
    ['verify', '--all', '--signatures', 'http://'],
    ['maintainers', 'refresh', '--keyserver', 'http://']
  ])('in the middle of %s %s is no mistake of stagex', async (...words) => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const asked = once(server, 'request')
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const put = (word: string) => (word.startsWith('/') ? `${host}${word}` : `${word}${host}`)
    const last = words.length - 1
    const started = tree.start(...words.map((word, at) => (at === last ? put(word) : word)))
    await asked
    started.kill('SIGINT')
    const { status, stderr } = await started.ended
    server.close()
    expect(status).toBe(130)
    expect(stderr).not.toContain('internal/bug')
  })
})

describe('stagex sign', () => {
  test('writes to no lookaside, nor to a folder that is called like one', async () => {
    const words = ['sign', '--all', '--signatures', 'https://example.org/signatures']
    expect(await tree.errorOf(...words)).toMatchObject({ code: 'cli/bad-usage' })
  })

  test('says that gpg is not there', async () => {
    // It is not what digests/ records, until that is written anew.
    await tree.run('build', 'base')
    expect((await tree.run('digests', '--write')).status).toBe(0)
    const programs = join(tree.home, 'programs')
    mkdirSync(programs)
    symlinkSync(process.execPath, join(programs, 'node'))
    const { status, stdout } = await tree.runWith({ PATH: programs }, '--json', 'sign', '--all')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'sign/no-gpg' } })
  }, 60_000)
})
