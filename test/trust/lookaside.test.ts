import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { lookasideServer } from '../../src/trust/lookaside/lookaside-server.js'
import { verifyImage, type VerifiedImage } from '../../src/trust/quorum/verify-images.js'
import { folderSource } from '../../src/trust/sources/folder-source.js'
import { fetchSignatures } from '../../src/trust/sources/git-source.js'
import { lookasideSource } from '../../src/trust/sources/lookaside-source.js'
import type { SignatureSource } from '../../src/trust/sources/signature-source.js'
import { alice, bobs, good, plainWorld } from './hostile-world.js'
import { sign, subject, type TrustWorld } from './trust-world.js'

const path = `stagex/core-gcc@sha256=${subject.digest.slice(7)}`

function folderWith(world: TrustWorld, signatures: readonly Uint8Array[]): string {
  const folder = join(world.root, 'signatures')
  mkdirSync(join(folder, path), { recursive: true })
  signatures.forEach((bytes, index) => {
    writeFileSync(join(folder, path, `signature-${index + 1}`), bytes)
  })
  return folder
}

async function listening(listener: RequestListener | ReturnType<typeof createServer>) {
  const server = typeof listener === 'function' ? createServer(listener) : listener
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

const options = {
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  environment: {},
  limits: { attempts: 2, responseTimeout: 2000, stallTimeout: 500 }
}

async function verify(
  world: TrustWorld,
  sources: readonly SignatureSource[]
): Promise<VerifiedImage> {
  const demand = { threshold: 2, vendors: 0 }
  return verifyImage(subject, { trusted: world.trusted(), demand, sources, jobs: 1 })
}

const failed = ({ met, failures }: VerifiedImage) => [met, failures.map(({ error }) => error.code)]

describe('signatures', () => {
  test('in a folder, behind a server and in a repository are the same', async () => {
    const world = plainWorld()
    const folder = folderWith(world, [good, bobs])
    const url = await listening(lookasideServer(folderSource(folder)))
    const git = (...words: string[]) =>
      run('git', ['-C', world.root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words])
    await git('init', '-q', '-b', 'release/1')
    await git('add', '-A')
    await git('commit', '-qm', 'sign')
    const fetched = await fetchSignatures({ url: world.root, branch: 'release/1' }, world.root)
    onTestFinished(fetched.close)
    for (const source of [folderSource(folder), lookasideSource(url, options), fetched.source]) {
      const { met, people, failures } = await verify(world, [source])
      expect([met, people, failures]).toEqual([true, ['alice', 'bob'], []])
    }
  })

  test('of one place and of another are counted together', async () => {
    const world = plainWorld()
    const [one, other] = [plainWorld(), plainWorld()]
    const sources = [folderSource(folderWith(one, [good])), folderSource(folderWith(other, [bobs]))]
    expect((await verify(world, sources)).met).toBe(true)
    expect((await verify(world, sources.slice(1))).met).toBe(false)
  })

  test('that are nowhere are no quorum', async () => {
    const world = plainWorld()
    expect(failed(await verify(world, []))).toEqual([false, []])
    expect(failed(await verify(world, [folderSource('/nowhere/at/all')]))).toEqual([false, []])
  })

  test('after a gap are not there', async () => {
    const world = plainWorld()
    const folder = folderWith(world, [good])
    writeFileSync(join(folder, path, 'signature-3'), bobs)
    expect((await verify(world, [folderSource(folder)])).people).toEqual(['alice'])
  })

  test('that are links, pipes, folders or too large are not read', async () => {
    const put: [string, (file: string) => void][] = [
      [
        'signatures/unreadable',
        (file) => {
          symlinkSync('/etc/passwd', file)
        }
      ],
      [
        'signatures/unreadable',
        (file) => {
          mkdirSync(file)
        }
      ],
      [
        'signatures/too-large',
        (file) => {
          writeFileSync(file, Buffer.alloc(300_000))
        }
      ]
    ]
    for (const [code, make] of put) {
      const world = plainWorld()
      const folder = folderWith(world, [good])
      make(join(folder, path, 'signature-2'))
      expect(failed(await verify(world, [folderSource(folder)]))).toEqual([false, [code]])
    }
  })

  test('without an end are given up', async () => {
    const world = plainWorld()
    const endless = { name: 'endless', read: () => Promise.resolve(good) }
    expect(failed(await verify(world, [endless]))).toEqual([false, ['signatures/too-many']])
  })

  test('of a repository that cannot be fetched are an error', async () => {
    const world = plainWorld()
    for (const url of [
      join(world.root, 'none'),
      'ext::sh -c touch% /tmp/never',
      '--upload-pack=evil'
    ]) {
      await expect(fetchSignatures({ url }, world.root)).rejects.toMatchObject({
        code: 'signatures/git-failed'
      })
    }
  })
})

describe('a lookaside that', () => {
  const cases: [string, RequestListener, string][] = [
    ['is broken', (_request, response) => response.writeHead(500).end(), 'signatures/unreadable'],
    [
      'wants a password',
      (_request, response) => response.writeHead(401).end(),
      'signatures/unreadable'
    ],
    [
      'answers with a page',
      (_request, response) => response.writeHead(206).end('<html>'),
      'signatures/unreadable'
    ],
    [
      'sends without an end',
      (_request, response) => {
        response.writeHead(200)
        const more = setInterval(() => response.write(Buffer.alloc(65536)), 1)
        response.on('close', () => {
          clearInterval(more)
        })
      },
      'signatures/too-large'
    ],
    [
      'breaks off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('a')
        setTimeout(() => response.destroy(), 20)
      },
      'http/interrupted'
    ],
    ['says nothing', () => undefined, 'http/timeout'],
    [
      'leads to a file',
      (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      'http/bad-redirect'
    ],
    [
      'leads to itself',
      ({ url }, response) => response.writeHead(302, { location: url }).end(),
      'http/bad-redirect'
    ]
  ]
  test.each(cases)('%s makes nothing good', async (_what, listener, code) => {
    const source = lookasideSource(await listening(listener), options)
    expect(failed(await verify(plainWorld(), [source]))).toEqual([false, [code]])
  })

  test('answers every question with the same signature has one signer', async () => {
    let left = 50
    const url = await listening((_request, response) =>
      response.writeHead(left-- > 0 ? 200 : 404).end(good)
    )
    expect(await verify(plainWorld(), [lookasideSource(url, options)])).toMatchObject({
      met: false,
      people: ['alice']
    })
  })

  test('is ours gives out signatures alone', async () => {
    const world = plainWorld()
    writeFileSync(join(world.root, 'secret'), 'secret')
    const folder = folderWith(world, [await sign(alice)])
    const url = await listening(lookasideServer(folderSource(folder)))
    const status = async (where: string, method = 'GET') =>
      (await fetch(new URL(where, url), { method })).status
    expect(await status(`${path}/signature-1`)).toBe(200)
    expect(await status(`${path}/signature-1`, 'HEAD')).toBe(200)
    expect(await status(encodeURI(path).replace('@', '%40') + '/signature-1')).toBe(200)
    expect(await status(`${path}/signature-1`, 'PUT')).toBe(405)
    const hidden = [
      '',
      '..%2fsecret',
      `${path}/`,
      `${path}/signature-2`,
      `${path}/signature-01`,
      `${path}/..%2f..%2f..%2fsecret`,
      '%00',
      '%'
    ]
    for (const where of hidden) expect([where, await status(where)]).toEqual([where, 404])
  })
})
