import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { archiveSources } from '../../src/source/archive.js'
import { checkMirrors } from '../../src/source/check-mirrors.js'
import { FetchWorld, resultOf, temporaryFolder } from './fetching.js'
import { honest, mirrorServer } from './mirror-server.js'

const bytes = randomBytes(50_000)

describe('an archive of sources', () => {
  test('gives a tree its sources when upstream is gone', async () => {
    const first = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const { source } = first.want(bytes, [server.url])
    await first.fetch(first.want(bytes, [server.url]))
    const archive = temporaryFolder()
    expect(await archiveSources([source], first.store, archive)).toBe(1)

    const second = new FetchWorld()
    const wanted = second.want(bytes, ['http://127.0.0.1:1/gone'])
    const outcome = await second.fetch(wanted, { archives: [pathToFileURL(archive).href] })
    expect(resultOf(outcome)).toBe('fetched')
    expect(second.failures).toEqual([])
  })

  test('is checked by sha256sum, and mended when it is written again', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const wanted = world.want(bytes, [server.url])
    await world.fetch(wanted)
    const archive = temporaryFolder()
    await archiveSources([wanted.source], world.store, archive)
    const check = (): unknown =>
      execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], {
        cwd: archive,
        stdio: 'pipe'
      })
    check()
    expect(await archiveSources([wanted.source], world.store, archive)).toBe(0)
    const file = join(archive, 'sha256', wanted.source.hash)
    execFileSync('rm', ['-f', file])
    writeFileSync(file, 'damaged')
    expect(check).toThrow()
    expect(await archiveSources([wanted.source], world.store, archive)).toBe(1)
    check()
    expect(bytes.equals(readFileSync(file))).toBe(true)
    expect(readdirSync(archive).sort()).toEqual(['SHA256SUMS', 'sha256'])
  })

  test('cannot be made of what was not fetched', async () => {
    const world = new FetchWorld()
    const { source } = world.want(bytes, [])
    await expect(archiveSources([source], world.store, temporaryFolder())).rejects.toMatchObject({
      code: 'source/not-found'
    })
  })
})

test('checking mirrors tells of each whether it serves the declared bytes, and keeps nothing', async () => {
  const world = new FetchWorld()
  const good = await mirrorServer(honest(bytes))
  const wrong = await mirrorServer(honest(Buffer.from('wrong')))
  const gone = await mirrorServer((_request, response) => response.writeHead(404).end())
  const { source } = world.want(bytes, [wrong.url, good.url, gone.url, 'ftp://old.example/file'])
  const checks = await checkMirrors([source], world.options())
  expect(checks.map((check) => [check.mirror, check.error?.code])).toEqual([
    [`${wrong.url}/`, 'source/wrong-hash'],
    [`${good.url}/`, undefined],
    [`${gone.url}/`, 'source/not-found'],
    ['ftp://old.example/file', 'source/bad-mirror']
  ])
  expect(readdirSync(world.home)).toEqual([])
})
