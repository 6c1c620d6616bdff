import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { shownUrl } from '../../src/http/shown-url.js'
import { FetchWorld, resultOf } from './fetching.js'
import { honest, mirrorServer } from './mirror-server.js'
import { secureMirror } from './secure-mirror.js'

const bytes = randomBytes(10_000)

describe('credentials in a mirror URL', () => {
  test('are sent to the mirror and told to nobody else', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const mirror = `http://anna:geheim@${server.host}/file?token=geheim2#geheim3`
    const outcome = await world.fetch(world.want(bytes, [mirror]))
    expect(outcome).toMatchObject({ state: 'fetched' })
    const credentials = Buffer.from('anna:geheim').toString('base64')
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${credentials}`)
    const told = world.events.filter((event) => event.event !== 'finished')
    expect(JSON.stringify(told)).not.toMatch(/geheim/)
    expect(outcome.state === 'fetched' && outcome.mirror).not.toMatch(/geheim/)
  })

  test('are in no error', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => response.writeHead(403).end())
    const mirrors = [`http://a:geheim@${server.host}/`, 'http://a:geheim@127.0.0.1:1/', 'x:geheim@']
    const outcome = await world.fetch(world.want(bytes, mirrors))
    if (outcome.state !== 'failed') throw new Error('it should have failed')
    const { message, where, expected, found, hint } = outcome.error
    expect([message, where, expected, found, hint].join(' ')).not.toMatch(/geheim/)
  })

  test('do not follow a redirect to another server', async () => {
    const world = new FetchWorld()
    const other = await mirrorServer(honest(bytes))
    const server = await mirrorServer((_request, response) => {
      response.writeHead(302, { location: `${other.url}/file` }).end()
    })
    await world.fetch(world.want(bytes, [`http://anna:geheim@${server.host}/`]))
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })
})

test.each([
  ['https://u:p@host/a?b=c#d', 'https://host/a?b=c'],
  ['https://host/a?X-Amz-Signature=abc&v=1', 'https://host/a?X-Amz-Signature=hidden&v=1'],
  ['no url', 'an unreadable URL'],
  ['debian:pool/main/m/musl/musl.tar.gz', 'debian:pool/main/m/musl/musl.tar.gz']
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown)
})

describe('TLS', () => {
  test('a certificate that nobody vouches for is refused', async () => {
    const world = new FetchWorld()
    const mirror = await secureMirror(honest(bytes))
    const outcome = await world.fetch(world.want(bytes, [mirror.url]))
    expect(resultOf(outcome)).toBe('source/unreachable')
  })

  test('one that SSL_CERT_FILE vouches for is accepted', async () => {
    const world = new FetchWorld()
    const mirror = await secureMirror(honest(bytes))
    const environment = { SSL_CERT_FILE: mirror.certificate }
    const outcome = await world.fetch(world.want(bytes, [mirror.url]), { environment })
    expect(resultOf(outcome)).toBe('fetched')
  })

  test('one that NODE_EXTRA_CA_CERTS vouches for is accepted', async () => {
    const world = new FetchWorld()
    const mirror = await secureMirror(honest(bytes))
    const environment = { NODE_EXTRA_CA_CERTS: mirror.certificate }
    const outcome = await world.fetch(world.want(bytes, [mirror.url]), { environment })
    expect(resultOf(outcome)).toBe('fetched')
  })

  test('SSL_CERT_FILE stands in place of all others', async () => {
    const world = new FetchWorld()
    const mirror = await secureMirror(honest(bytes))
    const { certificate } = await secureMirror(honest(bytes))
    const environment = { SSL_CERT_FILE: certificate, NODE_EXTRA_CA_CERTS: mirror.certificate }
    const outcome = await world.fetch(world.want(bytes, [mirror.url]), { environment })
    expect(resultOf(outcome)).toBe('source/unreachable')
  })

  test('is not left by a redirect to http:', async () => {
    const world = new FetchWorld()
    const plain = await mirrorServer(honest(bytes))
    const mirror = await secureMirror((_request, response) => {
      response.writeHead(301, { location: plain.url }).end()
    })
    const environment = { SSL_CERT_FILE: mirror.certificate }
    const outcome = await world.fetch(world.want(bytes, [mirror.url]), { environment })
    expect(resultOf(outcome)).toBe('source/bad-redirect')
    expect(plain.requests).toHaveLength(0)
  })
})
