import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseChallenges } from '../../../src/oci/registry/challenge.js'
import { credentialsOfFiles } from '../../../src/oci/registry/credential-files.js'
import type { Credentials } from '../../../src/oci/registry/credentials.js'
import { manifestDigest } from '../../../src/oci/registry/pull-manifest.js'
import { registryAddress } from '../../../src/oci/registry/registry-address.js'
import { codeOf, repositoryAt, temporaryFolder } from './client-world.js'
import { listen, RegistryServer } from './registry-server.js'

const alice: Credentials = { username: 'alice', password: 'gehe:im' }
const asAlice = { credentials: () => Promise.resolve(alice) }
const basic = `Basic ${Buffer.from('alice:gehe:im').toString('base64')}`

describe('which registry a name means', () => {
  test.each([
    ['docker.io', 'https://registry-1.docker.io/'],
    ['quay.io', 'https://quay.io/'],
    ['registry.example:8443', 'https://registry.example:8443/'],
    ['localhost:5000', 'http://localhost:5000/'],
    ['127.0.0.1', 'http://127.0.0.1/'],
    ['[::1]:5000', 'http://[::1]:5000/'],
    ['https://localhost:5000', 'https://localhost:5000/'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000/']
  ])('%s is asked at %s', (name, base) => {
    expect(registryAddress(name).base.href).toBe(base)
  })

  test.each([
    'http://registry.example',
    'http://10.0.0.1:5000',
    'http://127.0.0.1.example',
    '',
    'a/b',
    'user@host',
    'ftp://host',
    'host:port'
  ])('%s is refused', (name) => {
    expect(() => registryAddress(name)).toThrow(
      expect.objectContaining({ code: 'registry/bad-address' })
    )
  })
})

describe('challenges', () => {
  test('are read with quotes, escapes and several in one header', () => {
    const header = 'Bearer realm="https://a/\\"x\\"", service=s ,scope="a,b", Basic realm="r"'
    expect(parseChallenges(header)).toEqual([
      {
        scheme: 'bearer',
        parameters: new Map([
          ['realm', 'https://a/"x"'],
          ['service', 's'],
          ['scope', 'a,b']
        ])
      },
      { scheme: 'basic', parameters: new Map([['realm', 'r']]) }
    ])
  })

  test.each(['', ',,,', '"', '=', 'Bearer realm="', '\u0000', 'a='.repeat(9000)])(
    'that are none (%j) end',
    (header) => {
      expect(parseChallenges(header).every(({ scheme }) => scheme !== 'basic')).toBe(true)
    }
  )
})

describe('a registry that asks for a password', () => {
  test('gets it, once it has asked', async () => {
    const server = await RegistryServer.start()
    server.meddle = ({ headers }, response) => {
      if (headers.authorization === basic) return false
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return true
    }
    const repository = repositoryAt(server.host, asAlice)
    expect(await manifestDigest(repository, '1')).toBeUndefined()
    await manifestDigest(repository, '1')
    expect(server.authorizations).toEqual([undefined, basic, basic])
  })

  test('and does not like it is not asked again', async () => {
    const server = await RegistryServer.start()
    server.meddle = (_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return true
    }
    expect(await codeOf(manifestDigest(repositoryAt(server.host, asAlice), '1'))).toBe(
      'registry/denied'
    )
    expect(server.authorizations).toEqual([undefined, basic])
  })

  test('that we do not have is not answered', async () => {
    const server = await RegistryServer.start()
    server.meddle = (_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return true
    }
    expect(await codeOf(manifestDigest(repositoryAt(server.host), '1'))).toBe('registry/denied')
    expect(server.authorizations).toEqual([undefined])
  })
})

describe('a registry that asks for a token', () => {
  /** A registry whose own `/token` gives `token-<n>`, the last of which is good. */
  async function tokenRegistry(
    answer: (count: number) => string = (count) => `{"token":"token-${count}"}`
  ): Promise<{ server: RegistryServer; asked: URL[]; authorizations: unknown[] }> {
    const server = await RegistryServer.start()
    const asked: URL[] = []
    const authorizations: unknown[] = []
    server.meddle = ({ url = '', headers }, response) => {
      if (url.startsWith('/token')) {
        asked.push(new URL(url, 'http://x'))
        authorizations.push(headers.authorization)
        response.writeHead(200).end(answer(asked.length))
        return true
      }
      if (headers.authorization === `Bearer token-${asked.length}`) return false
      const challenge = `Bearer realm="http://${server.host}/token",service="reg",scope="all:everything:*"`
      response.writeHead(401, { 'www-authenticate': challenge }).end()
      return true
    }
    return { server, asked, authorizations }
  }

  test('gets one for what is done, not for what it names, and it is used again', async () => {
    const { server, asked, authorizations } = await tokenRegistry()
    const repository = repositoryAt(server.host, asAlice)
    await manifestDigest(repository, '1')
    await manifestDigest(repository, '2')
    expect(asked.map(({ search }) => search)).toEqual([
      '?service=reg&scope=repository%3Astagex%2Fcore-sample%3Apull'
    ])
    expect(authorizations).toEqual([basic])
  })

  test('gets one from whoever has no password, too', async () => {
    const { server, authorizations } = await tokenRegistry()
    await manifestDigest(repositoryAt(server.host), '1')
    expect(authorizations).toEqual([undefined])
  })

  test('is given one for all that wait for it at the same time', async () => {
    const { server, asked } = await tokenRegistry()
    const repository = repositoryAt(server.host, asAlice)
    await Promise.all(Array.from({ length: 8 }, () => manifestDigest(repository, '1')))
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['no token', '{}'],
    ['a token that would end the header', '{"token":"a\\r\\nx: y"}'],
    ['no JSON', 'token'],
    ['megabytes', ' '.repeat(100_000)]
  ])('from a server that gives %s gets nothing', async (_what, answer) => {
    const { server } = await tokenRegistry(() => answer)
    const code = await codeOf(manifestDigest(repositoryAt(server.host, asAlice), '1'))
    expect(['registry/bad-response', 'registry/too-large']).toContain(code)
  })

  test('trades a refresh token where that is what we have', async () => {
    const bodies: string[] = []
    const server = await RegistryServer.start()
    server.meddle = (request, response) => {
      if (request.url === '/token') {
        request.on('data', (piece: Buffer) => bodies.push(piece.toString()))
        request.on('end', () => response.writeHead(200).end('{"access_token":"good"}'))
        return true
      }
      if (request.headers.authorization === 'Bearer good') return false
      const challenge = `Bearer realm="http://${server.host}/token"`
      response.writeHead(401, { 'www-authenticate': challenge }).end()
      return true
    }
    const credentials = (): Promise<Credentials> => Promise.resolve({ identityToken: 'refresh me' })
    await manifestDigest(repositoryAt(server.host, { credentials }), '1')
    expect(Object.fromEntries(new URLSearchParams(bodies.join('')))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh me'
    })
  })

  test.each([
    ['another program of this machine', (port: string) => `http://127.0.0.1:${port}/token`],
    ['the same by another name', (port: string) => `http://localhost:${port}/token`],
    ['another machine', () => 'http://registry.example/token'],
    ['a URL with a password', (port: string) => `http://a:b@127.0.0.1:${port}/token`],
    ['a file', () => 'file:///etc/passwd'],
    ['nothing', () => '']
  ])('that would be asked for at %s is sent no password', async (_what, realm) => {
    const seen: unknown[] = []
    const host = await listen(
      createServer((request, response) => {
        seen.push(request.headers.authorization)
        response.end('{"token":"x"}')
      })
    )
    const server = await RegistryServer.start()
    const header = `Bearer realm="${realm(host.split(':')[1] ?? '')}"`
    server.meddle = (_request, response) => {
      response.writeHead(401, { 'www-authenticate': header }).end()
      return true
    }
    const code = await codeOf(manifestDigest(repositoryAt(server.host, asAlice), '1'))
    expect(code).toBe('registry/bad-challenge')
    expect(seen).toEqual([])
  })

  test('is not followed by a redirect that would take the password along', async () => {
    const seen: unknown[] = []
    const host = await listen(
      createServer((request, response) => {
        seen.push(request.headers.authorization)
        response.end('{"token":"x"}')
      })
    )
    const server = await RegistryServer.start()
    server.meddle = ({ url }, response) => {
      if (url?.startsWith('/token') === true) {
        response.writeHead(302, { location: `http://${host}/` }).end()
      } else {
        const challenge = `Bearer realm="http://${server.host}/token"`
        response.writeHead(401, { 'www-authenticate': challenge }).end()
      }
      return true
    }
    const code = await codeOf(manifestDigest(repositoryAt(server.host, asAlice), '1'))
    expect(code).toBe('registry/bad-response')
    expect(seen).toEqual([])
  })
})

test('a redirect to another server takes no password along, and its challenge is not answered', async () => {
  const seen: unknown[] = []
  const host = await listen(
    createServer((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="give"' }).end()
    })
  )
  const server = await RegistryServer.start()
  server.meddle = ({ headers }, response) => {
    if (headers.authorization === basic) response.writeHead(307, { location: `http://${host}/x` })
    else response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' })
    response.end()
    return true
  }
  const code = await codeOf(manifestDigest(repositoryAt(server.host, asAlice), '1'))
  expect(code).toBe('registry/denied')
  expect(seen).toEqual([undefined])
})

describe('credentials from files', () => {
  const auth = (user: string): { auth: string } => ({
    auth: Buffer.from(`${user}:secret`).toString('base64')
  })

  function homeWith(files: Record<string, unknown>): string {
    const home = temporaryFolder()
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(home, name, '..'), { recursive: true })
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      writeFileSync(join(home, name), text)
    }
    return home
  }

  const runtime = { auths: { 'quay.io': auth('podman'), 'quay.io/stagex': auth('team') } }
  const docker = {
    auths: { 'https://index.docker.io/v1/': auth('hub'), 'quay.io': auth('docker') }
  }
  const config = { '.docker/config.json': docker, 'run/containers/auth.json': runtime }

  test.each([
    ['the nearest entry', 'quay.io', 'stagex/core-gcc', 'team'],
    ['the registry’s where no nearer one is', 'quay.io', 'other/image', 'podman'],
    ['the next file’s where the first has none', 'docker.io', 'stagex/x', 'hub'],
    ['none of another registry', 'quay.io.example', 'stagex/x', undefined]
  ])('%s counts', async (_what, registry, path, username) => {
    const home = homeWith(config)
    const find = credentialsOfFiles({ XDG_RUNTIME_DIR: join(home, 'run') }, home)
    const expected = username === undefined ? undefined : { username, password: 'secret' }
    expect(await find(registry, path)).toEqual(expected)
  })

  test('DOCKER_CONFIG names another folder', async () => {
    const home = homeWith({ 'elsewhere/config.json': docker })
    const find = credentialsOfFiles({ DOCKER_CONFIG: join(home, 'elsewhere') }, home)
    expect(await find('quay.io', 'a')).toMatchObject({ username: 'docker' })
  })

  test.each(['{', '[]', '{"auths":{"a":{"auth":7}}}', `{"auths":{"a":{"auth":"c2VjcmV0"}}}`])(
    'a broken file (%s) is an error that does not show what is in it',
    async (content) => {
      const home = homeWith({ '.docker/config.json': content })
      const found = credentialsOfFiles({}, home)('a', 'b')
      await expect(found).rejects.toMatchObject({ code: 'registry/bad-credentials' })
      await expect(found).rejects.not.toThrow(/c2VjcmV0|secret/)
    }
  )

  describe('by a helper', () => {
    async function helped(script: string, helper = 'test'): Promise<unknown> {
      const home = homeWith({ '.docker/config.json': { credHelpers: { 'quay.io': helper } } })
      const program = join(home, 'docker-credential-test')
      writeFileSync(program, `#!/bin/sh\n${script}\n`)
      chmodSync(program, 0o755)
      const environment = { PATH: `${home}:${process.env['PATH'] ?? ''}` }
      return credentialsOfFiles(environment, home)('quay.io', 'a').catch((error: unknown) => {
        return (error as { code: unknown }).code
      })
    }

    test.each<[string, string, unknown]>([
      [
        'that has them',
        `read server; echo "{\\"Username\\":\\"$server\\",\\"Secret\\":\\"s\\"}"`,
        { username: 'quay.io', password: 's' }
      ],
      ['that has a token', `echo '{"Username":"<token>","Secret":"t"}'`, { identityToken: 't' }],
      ['that has none', 'echo credentials not found in native keychain; exit 1', undefined],
      ['that fails', 'exit 1', 'registry/bad-credentials'],
      ['that says something else', 'echo hello', 'registry/bad-credentials']
    ])('%s', async (_what, script, expected) => {
      expect(await helped(script)).toEqual(expected)
    })

    test.each(['../../bin/sh', 'missing-one', '', '-x'])('named %j is refused', async (helper) => {
      expect(await helped('exit 0', helper)).toBe(
        helper === '' ? undefined : 'registry/bad-credentials'
      )
    })
  })
})
