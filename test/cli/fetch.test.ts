import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fetchCommand } from '../../src/cli/fetch.js'
import { FetchProgress } from '../../src/cli/progress/fetch-progress.js'
import { outputTo } from '../../src/cli/output.js'
import { mediaTypes } from '../../src/oci/media-type.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { honest, mirrorServer, sha256 } from '../source/mirror-server.js'
import { SampleTree } from './sample-tree.js'

const bytes = randomBytes(20_000)

function source(mirrors: readonly string[], of = bytes): string {
  return `[sources.it]\nhash = "${sha256(of)}"\nfile = "it.tar"\nmirrors = ${JSON.stringify(mirrors)}\n`
}

/** A tree whose one source lies in a file of this machine. */
function treeWithFile(): { tree: SampleTree; file: string } {
  const tree = new SampleTree()
  const file = join(tree.root, 'upstream.tar')
  writeFileSync(file, bytes)
  tree.add('core-it', [], source([pathToFileURL(file).href]))
  return { tree, file }
}

describe('stagex fetch', () => {
  it('puts verified sources into fetch/, and says what it did', async () => {
    const server = await mirrorServer(honest(bytes))
    const tree = new SampleTree().add('core-it', [], source([`${server.url}/it.tar`]))
    const { status, out, err } = await tree.run(fetchCommand, [])
    expect({ status, out }).toEqual({
      status: 0,
      out: '1 source: 0 here already, 1 fetched (20.0 KB)\n'
    })
    expect(err).toBe(`fetching it.tar from ${server.url}/it.tar\nfetched it.tar (20000 bytes)\n`)
    expect(readFileSync(join(tree.root, 'fetch/core/it/it.tar')).equals(bytes)).toBe(true)
    const again = await tree.run(fetchCommand, ['it', '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ sources: [{ state: 'kept', key: 'it' }] })
    expect(server.requests.length).toBe(1)
  })

  it('takes the sources of all that an image is built from, and of nothing else', async () => {
    const { tree } = treeWithFile()
    tree.add('user-app', ['core-it']).add('user-other', [], source(['file:///nowhere']))
    const { status, out } = await tree.run(fetchCommand, ['app', '--json'])
    const { sources } = JSON.parse(out) as { sources: { package: string }[] }
    expect({ status, packages: sources.map((row) => row.package) }).toEqual({
      status: 0,
      packages: ['core-it']
    })
  })

  it('names what cannot be had, fetches the rest, and ends with status 1', async () => {
    const { tree } = treeWithFile()
    tree.add('user-lost', [], source(['file:///nowhere/it.tar'], Buffer.from('other')))
    const { status, out } = await tree.run(fetchCommand, [])
    expect(status).toBe(1)
    expect(out).toContain('failed: user-lost it.tar: ')
    expect(out).toContain('2 sources: 0 here already, 1 fetched (20.0 KB), 1 failed\n')
  })

  it('keeps an archive that replaces upstream', async () => {
    const { tree, file } = treeWithFile()
    const archive = join(tree.root, 'archive')
    const { out } = await tree.run(fetchCommand, ['--mirror-to', 'archive'])
    expect(out).toContain(`1 file added to ${archive}\n`)
    expect(readdirSync(archive)).toContain('SHA256SUMS')

    const gone = new SampleTree().add('core-it', [], source(['file:///gone/it.tar']))
    const { status } = await gone.run(fetchCommand, ['--mirror', archive])
    expect(status).toBe(0)
    expect(existsSync(join(gone.root, 'fetch/core/it/it.tar'))).toBe(true)
    expect(existsSync(file)).toBe(true)
  })

  it('never takes wrong bytes from an archive', async () => {
    const { tree } = treeWithFile()
    tree.write(`wrong/sha256/${sha256(bytes)}`, 'not it')
    const { status, err } = await tree.run(fetchCommand, ['--mirror', 'wrong'])
    expect(status).toBe(0)
    expect(err).toContain('these are not the declared bytes')
    expect(readFileSync(join(tree.root, 'fetch/core/it/it.tar')).equals(bytes)).toBe(true)
  })

  it.each([
    ['ht tp:x'],
    ['/nowhere/at/all'],
    ['file:///nowhere/at/all'],
    ['upstream.tar'],
    ['ftp://x.org/'],
    ['http://']
  ])('does not pass over the archive %j, which cannot be one', async (mirror) => {
    const { tree } = treeWithFile()
    const { status, err } = await tree.run(fetchCommand, ['--mirror', mirror])
    expect(status).toBe(2)
    expect(err).toContain('[cli/bad-usage]')
    expect(err).toContain(mirror)
    expect(existsSync(join(tree.root, 'fetch'))).toBe(false)
  })

  it.each([
    [['--check', '--mirror-to', 'x']],
    [['--mirror-to', 'oci:somewhere']],
    [['--jobs', '0']]
  ])('refuses %j', async (words) => {
    const { tree } = treeWithFile()
    const { status, err } = await tree.run(fetchCommand, words)
    expect(status).toBe(2)
    expect(err).toContain('[cli/bad-usage]')
  })
})

describe('stagex fetch --check', () => {
  it('tells which mirrors serve the declared bytes, and keeps nothing', async () => {
    const good = await mirrorServer(honest(bytes))
    const bad = await mirrorServer(honest(Buffer.from('something else')))
    const tree = new SampleTree().add('core-it', [], source([`${bad.url}/it`, `${good.url}/it`]))
    const { status, out } = await tree.run(fetchCommand, ['--check'])
    expect(status).toBe(0)
    expect(out.split('\n')).toEqual([
      'core-it it.tar',
      expect.stringContaining(`  bad   ${bad.url}/it: these are not the declared bytes`),
      `  good  ${good.url}/it`,
      '1 source: each is served by a mirror at least',
      ''
    ])
    expect(existsSync(join(tree.root, 'fetch'))).toBe(false)
  })

  it('ends with status 1 where no mirror serves a source', async () => {
    const tree = new SampleTree().add('core-it', [], source(['file:///gone/it']))
    const { status, out } = await tree.run(fetchCommand, ['--check', '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      sources: [{ available: false, mirrors: [{ error: { code: 'source/not-found' } }] }]
    })
  })
})

describe('the line of a fetch on a terminal', () => {
  it('tells what is done and what runs, and goes away', async () => {
    const written: string[] = []
    const stream = { write: (text: string) => written.push(text), isTTY: true, columns: 60 }
    const progress = new FetchProgress(outputTo(stream, {}, true), 3)
    const name = { key: 'it', file: 'it.tar', hash: 'a'.repeat(64) }
    progress.event({ event: 'started', source: { ...name }, url: 'https://example.org/it' })
    progress.event({ event: 'progress', source: { ...name }, received: 25, total: 100 })
    await expect.poll(() => written.join('')).toContain('0 of 3 sources · it.tar 25%')
    progress.end()
    expect(written.at(-1)).toBe('\r\u001b[K')
  })
})

describe('an archive in a registry', () => {
  const words = (server: RegistryServer): string => `oci:${server.host}/me/sources`

  it('is added to, and gives the sources when upstream is gone', async () => {
    const server = await RegistryServer.start()
    const { tree, file } = treeWithFile()
    const kept = await tree.run(fetchCommand, ['--mirror-to', words(server), '--json'])
    expect(kept.status).toBe(0)
    expect(JSON.parse(kept.out)).toMatchObject({ archive: { folder: words(server), added: 1 } })
    rmSync(file)
    rmSync(tree.home, { recursive: true })
    rmSync(join(tree.root, 'fetch'), { recursive: true })
    const again = await tree.run(fetchCommand, ['--mirror', words(server), '--json'])
    expect(again.status).toBe(0)
    expect(JSON.parse(again.out)).toMatchObject({
      sources: [{ state: 'fetched', mirror: words(server), size: bytes.length }]
    })
    expect(readFileSync(join(tree.root, 'fetch/core/it/it.tar')).equals(bytes)).toBe(true)
  })

  it('keeps what it had, and takes nothing twice', async () => {
    const server = await RegistryServer.start()
    await treeWithFile().tree.run(fetchCommand, ['--mirror-to', words(server)])
    const other = new SampleTree()
    const more = join(other.root, 'more.tar')
    writeFileSync(more, 'more')
    other.add('core-more', [], source([pathToFileURL(more).href], Buffer.from('more')))
    await other.run(fetchCommand, ['--mirror-to', words(server)])
    const last = await other.run(fetchCommand, ['--mirror-to', words(server), '--json'])
    expect(JSON.parse(last.out)).toMatchObject({ archive: { added: 0 } })
    const manifest = server.manifests.get('me/sources')?.get('sources')
    const { layers } = JSON.parse(String(manifest?.bytes)) as { layers: { digest: string }[] }
    const hashes = [sha256(bytes), sha256(Buffer.from('more'))]
    expect(layers.map(({ digest }) => digest)).toEqual(
      hashes.map((hash) => `sha256:${hash}`).sort()
    )
  })

  it('that lies is passed over, and the mirrors are asked', async () => {
    const server = await RegistryServer.start()
    const { tree } = treeWithFile()
    await tree.run(fetchCommand, ['--mirror-to', words(server)])
    rmSync(tree.home, { recursive: true })
    rmSync(join(tree.root, 'fetch'), { recursive: true })
    server.meddle = ({ url }, response) => {
      if (url?.includes('/blobs/') !== true) return false
      response.end(Buffer.alloc(bytes.length))
      return true
    }
    const { status, out, err } = await tree.run(fetchCommand, ['--mirror', words(server), '--json'])
    expect(status).toBe(0)
    expect(err).toContain('[registry/')
    expect(JSON.parse(out)).toMatchObject({ sources: [{ state: 'fetched' }] })
    expect(out).not.toContain('"oci:')
  })

  it('does not take the place of an image', async () => {
    const server = await RegistryServer.start()
    const { tree } = treeWithFile()
    const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, layers: [] }
    const config = { mediaType: mediaTypes.config, digest: `sha256:${'0'.repeat(64)}`, size: 2 }
    const text = Buffer.from(JSON.stringify({ ...manifest, config }))
    server.manifests.set(
      'me/sources',
      new Map([['sources', { bytes: text, mediaType: mediaTypes.manifest }]])
    )
    const { status, err } = await tree.run(fetchCommand, ['--mirror-to', words(server)])
    expect(status).toBe(2)
    expect(err).toContain('[upkeep/not-an-archive]')
  })

  it.each(['oci:', 'oci:nothing', 'oci:UPPER/x', 'ftp://example.org/x'])(
    'cannot be named %j',
    async (name) => {
      const { tree } = treeWithFile()
      const { status, err } = await tree.run(fetchCommand, ['--mirror-to', name])
      expect(status).toBe(2)
      expect(err).toContain('[cli/bad-usage]')
    }
  )
})
