import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { debianMirrors, debianUrls } from '../../src/source/debian-mirrors.js'
import { FetchWorld, resultOf, temporaryFolder } from './fetching.js'
import { honest, mirrorServer } from './mirror-server.js'

/** A folder like /etc with these files below `apt`. */
function etcWith(files: Record<string, string>): string {
  const etc = temporaryFolder()
  mkdirSync(join(etc, 'apt', 'sources.list.d'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(etc, 'apt', name), text)
  return etc
}

describe('Debian mirrors', () => {
  test('come from one-line entries; options, comments and binary media are passed over', () => {
    const etc = etcWith({
      'sources.list': [
        '# deb http://commented.example/debian trixie main',
        'deb cdrom:[Debian 12]/ bookworm main',
        'deb [arch=amd64 signed-by=/k.gpg] http://first.example/debian/ trixie main # why',
        '  deb-src http://second.example/debian trixie main contrib',
        'deb http://first.example/debian trixie-updates main',
        'nonsense',
        ''
      ].join('\n')
    })
    expect(debianMirrors({}, etc)).toEqual([
      'http://first.example/debian',
      'http://second.example/debian'
    ])
  })

  test('come from deb822 stanzas; disabled ones are passed over', () => {
    const etc = etcWith({
      'sources.list.d/debian.sources': [
        'Types: deb deb-src',
        '# a comment between fields',
        'URIs: http://one.example/debian/',
        ' http://two.example/debian',
        'Suites: trixie trixie-updates',
        'Components: main',
        '',
        'Types: deb',
        'URIs: http://disabled.example/debian',
        'Suites: trixie',
        'Enabled: no',
        ''
      ].join('\n')
    })
    expect(debianMirrors({}, etc)).toEqual([
      'http://one.example/debian',
      'http://two.example/debian'
    ])
  })

  test('with security updates only come last, and archives that are not Debian not at all', () => {
    const etc = etcWith({
      'sources.list.d/a.list': 'deb https://vendor.example/apt nodistro main\n',
      'sources.list.d/b.list': 'deb http://security.example/ trixie-security main\n',
      'sources.list.d/c.list': 'deb http://main.example/debian trixie main\n',
      'sources.list.d/d.list.save': 'deb http://saved.example/debian trixie main\n'
    })
    expect(debianMirrors({}, etc)).toEqual([
      'http://main.example/debian',
      'http://security.example'
    ])
  })

  test('are what STAGEX_DEBIAN_MIRROR says, whatever apt has', () => {
    const etc = etcWith({ 'sources.list': 'deb http://apt.example/debian trixie main\n' })
    const environment = {
      STAGEX_DEBIAN_MIRROR: ' http://mine.example/debian/ http://other.example'
    }
    expect(debianMirrors(environment, etc)).toEqual([
      'http://mine.example/debian',
      'http://other.example'
    ])
  })

  test('are none on a machine without apt', () => {
    expect(debianMirrors({}, temporaryFolder())).toEqual([])
  })
})

describe('a debian: mirror', () => {
  test('stands for its path under each base', () => {
    const url = new URL('debian:pool/main/m/musl/musl_1.2.3+ds~rc1.orig.tar.gz')
    expect(debianUrls(url, ['http://a/debian', 'http://b']).map((u) => u.href)).toEqual([
      'http://a/debian/pool/main/m/musl/musl_1.2.3+ds~rc1.orig.tar.gz',
      'http://b/pool/main/m/musl/musl_1.2.3+ds~rc1.orig.tar.gz'
    ])
  })

  test.each([
    'debian:../secret',
    'debian:pool/../../secret',
    'debian:/pool',
    'debian://host/pool',
    'debian:pool?query',
    'debian:pool#part',
    'debian:@host',
    'debian:'
  ])('may not be %s', (mirror) => {
    expect(() => debianUrls(new URL(mirror), ['http://a'])).toThrow(
      expect.objectContaining({ code: 'source/bad-mirror' })
    )
  })

  const bytes = randomBytes(5000)
  const mirror = 'debian:pool/main/f/file.tar'

  test('is fetched from the second base where the first does not have it', async () => {
    const world = new FetchWorld()
    const without = await mirrorServer((_request, response) => response.writeHead(404).end())
    const server = await mirrorServer(honest(bytes))
    const environment = { STAGEX_DEBIAN_MIRROR: `${without.url}/debian ${server.url}/debian` }
    const outcome = await world.fetch(world.want(bytes, [mirror]), { environment })
    expect(resultOf(outcome)).toBe('fetched')
    expect(server.requests[0]?.url).toBe('/debian/pool/main/f/file.tar')
  })

  test('without any base is an error that names the setting', async () => {
    const world = new FetchWorld()
    const outcome = await world.fetch(world.want(bytes, [mirror]), { etc: temporaryFolder() })
    expect(outcome).toMatchObject({
      error: {
        code: 'source/no-debian-mirror',
        hint: expect.stringContaining('STAGEX_DEBIAN_MIRROR') as string
      }
    })
  })
})
