import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { proxyFor } from '../../src/http/proxy.js'
import { FetchWorld, resultOf } from './fetching.js'
import { honest, mirrorServer } from './mirror-server.js'
import { secureMirror } from './secure-mirror.js'

const bytes = randomBytes(50_000)

describe('which proxy', () => {
  const environment = {
    http_proxy: 'http://plain:3128',
    HTTPS_PROXY: 'secure:3129',
    no_proxy: 'localhost, .internal,example.org:8080 10.0.0.1'
  }
  test.each([
    ['http://example.com/', 'http://plain:3128/'],
    ['https://example.com/', 'http://secure:3129/'],
    ['http://localhost/', undefined],
    ['http://notlocalhost/', 'http://plain:3128/'],
    ['http://a.internal/', undefined],
    ['http://internal/', undefined],
    ['http://example.org/', 'http://plain:3128/'],
    ['http://example.org:8080/', undefined],
    ['http://sub.example.org:8080/', undefined],
    ['http://10.0.0.1/', undefined],
    ['http://[::1]/', 'http://plain:3128/']
  ])('for %s is %s', (url, proxy) => {
    expect(proxyFor(new URL(url), environment)?.href).toBe(proxy)
  })

  test('none, when no_proxy is a star or the setting is empty', () => {
    const url = new URL('http://example.com/')
    expect(proxyFor(url, { http_proxy: 'http://p', no_proxy: '*' })).toBeUndefined()
    expect(proxyFor(url, { http_proxy: '' })).toBeUndefined()
  })

  test('an unusable one is an error that does not repeat it', () => {
    const environment = { all_proxy: 'socks5://user:geheim@host' }
    const refused = (): unknown => proxyFor(new URL('http://example.com/'), environment)
    expect(refused).toThrow(expect.objectContaining({ code: 'http/bad-proxy' }))
    expect(refused).not.toThrow(/geheim/)
  })
})

test('an http: mirror is asked for through the proxy, with the credentials for the proxy', async () => {
  const world = new FetchWorld()
  const proxy = await mirrorServer(honest(bytes))
  const environment = { http_proxy: `http://user:p%40ss@${proxy.host}` }
  const wanted = world.want(bytes, ['http://mirror.invalid/file?x=1'])
  expect(resultOf(await world.fetch(wanted, { environment }))).toBe('fetched')
  const [request] = proxy.requests
  expect(request?.url).toBe('http://mirror.invalid/file?x=1')
  expect(request?.headers.host).toBe('mirror.invalid')
  const credentials = Buffer.from('user:p@ss').toString('base64')
  expect(request?.headers['proxy-authorization']).toBe(`Basic ${credentials}`)
})

describe('an https: mirror behind a proxy', () => {
  test('is reached through a tunnel, in which the proxy sees nothing', async () => {
    const world = new FetchWorld()
    const mirror = await secureMirror(honest(bytes))
    const proxy = await tunnelProxy()
    const environment = { https_proxy: `http://${proxy.host}`, SSL_CERT_FILE: mirror.certificate }
    const wanted = world.want(bytes, [`${mirror.url}/file`])
    expect(resultOf(await world.fetch(wanted, { environment }))).toBe('fetched')
    expect(proxy.targets).toEqual([mirror.host])
  })

  test('is unreachable when the proxy refuses', async () => {
    const world = new FetchWorld()
    const proxy = await tunnelProxy(407)
    const environment = { https_proxy: `http://${proxy.host}` }
    const wanted = world.want(bytes, ['https://mirror.invalid/file'])
    expect(resultOf(await world.fetch(wanted, { environment }))).toBe('source/unreachable')
  })
})

/** A proxy that passes bytes on to loopback, or refuses with a status. */
async function tunnelProxy(refusal?: number): Promise<{ host: string; targets: string[] }> {
  const targets: string[] = []
  const sockets: Socket[] = []
  const server = createServer()
  server.on('connect', (request, client: Socket) => {
    targets.push(request.url ?? '')
    sockets.push(client)
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`)
      return
    }
    const upstream = connect(
      Number(new URL(`http://${request.url ?? ''}`).port),
      '127.0.0.1',
      () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n')
        upstream.pipe(client).pipe(upstream)
      }
    )
    sockets.push(upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, targets }
}
