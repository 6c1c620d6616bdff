import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fetchSources } from '../../src/source/fetch-sources.js'
import { FetchWorld, resultOf, temporaryFolder } from './fetching.js'
import { breaksOffAfter, honest, mirrorServer, sha256 } from './mirror-server.js'

const bytes = randomBytes(300_000)

describe('a source that a mirror serves', () => {
  test('lands in the store and, as the same file, in the fetch folder', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const wanted = world.want(bytes, [`${server.url}/file.tar`])
    const outcome = await world.fetch(wanted)
    expect(outcome).toMatchObject({
      state: 'fetched',
      mirror: `${server.url}/file.tar`,
      size: bytes.length
    })
    const place = join(world.home, 'fetch', 'file.tar')
    expect(bytes.equals(readFileSync(place))).toBe(true)
    expect(statSync(place).ino).toBe(statSync(world.store.path(wanted.source.hash)).ino)
  })

  test('is not asked for again', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const wanted = world.want(bytes, [server.url])
    await world.fetch(wanted)
    expect(resultOf(await world.fetch(wanted))).toBe('kept')
    expect(server.requests).toHaveLength(1)
  })

  test('is downloaded once when several packages want it', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const wanted = ['a', 'b', 'c'].map((name) => ({
      ...world.want(bytes, [server.url]),
      directory: join(world.home, name)
    }))
    const report = await fetchSources(wanted, world.store, world.options())
    expect(report.outcomes.map((outcome) => outcome.state)).toEqual(Array(3).fill('fetched'))
    expect(server.requests).toHaveLength(1)
    for (const name of ['a', 'b', 'c']) {
      expect(bytes.equals(readFileSync(join(world.home, name, 'file.tar')))).toBe(true)
    }
  })

  test('is taken from the fetch folder where an older tool left it', async () => {
    const world = new FetchWorld()
    const wanted = world.want(bytes, ['http://127.0.0.1:1/'])
    mkdirSync(wanted.directory)
    writeFileSync(join(wanted.directory, 'file.tar'), bytes)
    expect(resultOf(await world.fetch(wanted))).toBe('kept')
    expect(await world.store.verified(wanted.source.hash)).toBeDefined()
  })

  test('replaces a wrong file in the fetch folder', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const wanted = world.want(bytes, [server.url])
    mkdirSync(wanted.directory)
    writeFileSync(join(wanted.directory, 'file.tar'), 'old')
    await world.fetch(wanted)
    expect(bytes.equals(readFileSync(join(wanted.directory, 'file.tar')))).toBe(true)
    expect(readdirSync(wanted.directory)).toEqual(['file.tar'])
  })
})

describe('a mirror that lies', () => {
  test('about the bytes: both hashes are told, the file is kept aside and never used', async () => {
    const world = new FetchWorld()
    const wrong = Buffer.from('not what was declared')
    const server = await mirrorServer(honest(wrong))
    const wanted = world.want(bytes, [server.url])
    const outcome = await world.fetch(wanted)
    expect(outcome).toMatchObject({
      state: 'failed',
      error: {
        code: 'source/wrong-hash',
        where: expect.stringContaining(server.url) as unknown,
        expected: wanted.source.hash,
        found: sha256(wrong)
      }
    })
    expect(wrong.equals(readFileSync(join(world.home, 'quarantine', wanted.source.hash)))).toBe(
      true
    )
    expect(existsSync(world.store.path(wanted.source.hash))).toBe(false)
    expect(existsSync(join(wanted.directory, 'file.tar'))).toBe(false)
  })

  test('does not keep the next one from being asked', async () => {
    const world = new FetchWorld()
    const liar = await mirrorServer(honest(Buffer.from('wrong')))
    const server = await mirrorServer(honest(bytes))
    const outcome = await world.fetch(world.want(bytes, [liar.url, server.url]))
    expect(resultOf(outcome)).toBe('fetched')
    expect(world.failures).toEqual(['source/wrong-hash'])
  })

  test('about the length, by declaring more than it sends: the rest is asked for', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((request, response, visit) => {
      const handler = visit === 0 ? breaksOffAfter(bytes, 100_000) : honest(bytes)
      handler(request, response, visit)
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(server.requests[1]?.headers.range).toBe('bytes=100000-')
    expect(world.failures).toEqual(['source/interrupted'])
    expect(world.clock.slept).toEqual([1000])
  })

  test('about the length, by sending more than it declares: what comes after is not read', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => {
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`
      response.socket?.end(Buffer.concat([Buffer.from(head), bytes, Buffer.from('and more')]))
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
  })

  test('about the range: a part from elsewhere is never written', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((request, response, visit) => {
      if (visit === 0) {
        breaksOffAfter(bytes, 100_000)(request, response, visit)
        return
      }
      if (visit > 1) {
        honest(bytes)(request, response, visit)
        return
      }
      const range = `bytes 5-${bytes.length - 1}/${bytes.length}`
      response.writeHead(206, { 'content-range': range }).end(bytes.subarray(5))
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(world.failures).toEqual(['source/interrupted', 'source/bad-response'])
  })

  test('by ignoring the range: the file begins anew', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((request, response, visit) => {
      if (visit === 0) {
        breaksOffAfter(bytes, 100_000)(request, response, visit)
        return
      }
      response.writeHead(200).end(bytes)
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(server.requests[1]?.headers.range).toBe('bytes=100000-')
  })

  test('in the first part only: the second mirror, asked for the rest, is asked for all', async () => {
    const world = new FetchWorld()
    const liar = await mirrorServer(breaksOffAfter(randomBytes(bytes.length), 100_000))
    const server = await mirrorServer(honest(bytes))
    const wanted = world.want(bytes, [liar.url, server.url])
    expect(resultOf(await world.fetch(wanted, { limits: { attempts: 1 } }))).toBe('fetched')
    expect(server.requests.map((request) => request.headers.range)).toEqual([
      'bytes=100000-',
      undefined
    ])
  })

  test('by redirecting for ever: it is followed ten times', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response, visit) => {
      response.writeHead(302, { location: `/${visit}` }).end()
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('source/bad-redirect')
    expect(server.requests).toHaveLength(11)
  })

  test.each(['file:///etc/passwd', 'gopher://127.0.0.1/', 'http://['])(
    'by redirecting to %s: it is not followed',
    async (location) => {
      const world = new FetchWorld()
      const server = await mirrorServer((_request, response) => {
        response.writeHead(302, { location }).end()
      })
      const outcome = await world.fetch(world.want(bytes, [server.url]))
      expect(resultOf(outcome)).toBe('source/bad-redirect')
    }
  )

  test('by not ending: the size limit ends it, and nothing is kept', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write(bytes, more)
      }
      more()
    })
    const outcome = await world.fetch(world.want(bytes, [server.url]), {
      limits: { maxSize: 1_000_000 }
    })
    expect(resultOf(outcome)).toBe('source/too-large')
    expect(readdirSync(join(world.home, 'sources', 'partial'))).toEqual([])
  })

  test('by declaring too much: nothing is read', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => {
      response.writeHead(200, { 'content-length': 2 ** 40 }).flushHeaders()
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('source/too-large')
  })

  test('by not speaking HTTP', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => {
      response.socket?.end('SSH-2.0-OpenSSH\r\n')
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('source/bad-response')
  })
})

describe('a mirror that has trouble', () => {
  test.each([
    [404, 'source/not-found', 1],
    [410, 'source/not-found', 1],
    [403, 'source/refused', 1],
    [429, 'source/busy', 4],
    [503, 'source/busy', 4]
  ])('status %i is %s after %i tries', async (status, code, tries) => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => response.writeHead(status).end())
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe(code)
    expect(server.requests).toHaveLength(tries)
  })

  test('waits longer before each try', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => response.writeHead(500).end())
    await world.fetch(world.want(bytes, [server.url]))
    expect(world.clock.slept).toEqual([1000, 2000, 4000])
  })

  test('says in seconds when to come back, and is waited for', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((request, response, visit) => {
      if (visit > 0) {
        honest(bytes)(request, response, visit)
        return
      }
      response.writeHead(429, { 'retry-after': '17' }).end()
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(world.clock.slept).toEqual([17_000])
  })

  test('says by date when to come back, and is waited for', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((request, response, visit) => {
      if (visit > 0) {
        honest(bytes)(request, response, visit)
        return
      }
      response.writeHead(503, { 'retry-after': 'Thu, 01 Jan 1970 00:00:20 GMT' }).end()
    })
    expect(resultOf(await world.fetch(world.want(bytes, [server.url])))).toBe('fetched')
    expect(world.clock.slept).toEqual([20_000])
  })

  test('asks for more patience than there is, and is left', async () => {
    const world = new FetchWorld()
    const busy = await mirrorServer((_request, response) =>
      response.writeHead(503, { 'retry-after': '86400' }).end()
    )
    const server = await mirrorServer(honest(bytes))
    const outcome = await world.fetch(world.want(bytes, [busy.url, server.url]))
    expect(resultOf(outcome)).toBe('fetched')
    expect(world.clock.slept).toEqual([])
  })

  test('accepts and says nothing: a time-out', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(() => undefined)
    const outcome = await world.fetch(world.want(bytes, [server.url]), { limits: { attempts: 1 } })
    expect(resultOf(outcome)).toBe('source/timeout')
  })

  test('stalls in the middle: a time-out, and the next mirror sends the rest', async () => {
    const world = new FetchWorld()
    const slow = await mirrorServer((_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 100_000))
    })
    const server = await mirrorServer(honest(bytes))
    const wanted = world.want(bytes, [slow.url, server.url])
    expect(resultOf(await world.fetch(wanted, { limits: { attempts: 1 } }))).toBe('fetched')
    expect(world.failures).toEqual(['source/timeout'])
    expect(server.requests[0]?.headers.range).toBe('bytes=100000-')
  })

  test('drips a byte now and then: a time-out', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer((_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length })
      const timer = setInterval(() => response.write('x'), 50)
      response.on('close', () => {
        clearInterval(timer)
      })
    })
    const outcome = await world.fetch(world.want(bytes, [server.url]), { limits: { attempts: 1 } })
    expect(resultOf(outcome)).toBe('source/timeout')
  })

  test('takes connections and never finishes the handshake: given up in the time to connect', async () => {
    const world = new FetchWorld()
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      silent.close()
    })
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/`
    const start = performance.now()
    const outcome = await world.fetch(world.want(bytes, [url]), { limits: { connectTimeout: 200 } })
    expect(resultOf(outcome)).toBe('source/unreachable')
    expect(performance.now() - start).toBeLessThan(5000)
    expect(world.clock.slept).toEqual([])
  })

  test('is not there: remembered, and not asked for the next source', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const other = randomBytes(1000)
    const dead = 'http://127.0.0.1:1/file'
    const wanted = [
      world.want(bytes, [dead, server.url], 'one'),
      world.want(other, [dead, 'http://127.0.0.1:1/again'], 'two')
    ]
    const report = await fetchSources(wanted, world.store, world.options({ jobs: 1 }))
    expect(report.outcomes.map(resultOf)).toEqual(['fetched', 'source/no-mirror-left'])
    expect(world.failures).toEqual(Array(3).fill('source/unreachable'))
    const started = world.events.filter((event) => event.event === 'started')
    expect(started.map((event) => event.url)).toEqual([dead, `${server.url}/`])
  })

  test('one failed source stops no other', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const gone = await mirrorServer((_request, response) => response.writeHead(404).end())
    const wanted = [
      world.want(randomBytes(9), [gone.url], 'one'),
      world.want(bytes, [server.url], 'two')
    ]
    const report = await fetchSources(wanted, world.store, world.options())
    expect(report.outcomes.map(resultOf)).toEqual(['source/not-found', 'fetched'])
  })
})

describe('a file: mirror', () => {
  test('is copied and verified', async () => {
    const world = new FetchWorld()
    const path = join(temporaryFolder(), 'file with space')
    writeFileSync(path, bytes)
    expect(resultOf(await world.fetch(world.want(bytes, [pathToFileURL(path).href])))).toBe(
      'fetched'
    )
  })

  test.each([
    ['a folder', 'file:///etc', 'source/not-found'],
    ['a device that never ends', 'file:///dev/zero', 'source/not-found'],
    ['nothing', 'file:///no/such/file', 'source/not-found'],
    ['another machine', 'file://example.org/file', 'source/bad-mirror']
  ])('that names %s is refused', async (_what, mirror, code) => {
    const world = new FetchWorld()
    expect(resultOf(await world.fetch(world.want(bytes, [mirror])))).toBe(code)
  })
})

describe('hostile declarations', () => {
  test.each(['../escape', 'a/b', '..', '.', '', 'nul\0'])(
    'the file name %j is refused',
    async (file) => {
      const world = new FetchWorld()
      const wanted = world.want(bytes, [], file)
      expect(resultOf(await world.fetch(wanted))).toBe('source/bad-file-name')
    }
  )

  test('a hash that is a path is refused', async () => {
    const world = new FetchWorld()
    const wanted = world.want(bytes, [])
    const source = { ...wanted.source, hash: '../../../../etc/passwd' }
    expect(resultOf(await world.fetch({ ...wanted, source }))).toBe('source/bad-hash')
  })
})
