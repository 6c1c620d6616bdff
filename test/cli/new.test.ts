import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newCommand } from '../../src/cli/new.js'
import { honest, mirrorServer } from '../source/mirror-server.js'
import { SampleTree, type Told } from './sample-tree.js'

const mit = 'Permission is hereby granted, free of charge, to any person … without restriction …\n'

/** A release in the tree's `upstream/`, packed as its name says; gives its URL. */
function release(
  tree: SampleTree,
  archive: string,
  files: Readonly<Record<string, string>>
): string {
  const work = join(tree.root, 'work')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true })
    writeFileSync(join(work, path), text)
  }
  const path = join(tree.root, 'upstream', archive)
  mkdirSync(dirname(path), { recursive: true })
  execFileSync('tar', ['-C', work, '-caf', path, '.'])
  return pathToFileURL(path).href
}

function make(tree: SampleTree, ...words: string[]): Promise<Told> {
  return tree.run(newCommand, words)
}

function read(tree: SampleTree, path: string): string {
  return readFileSync(join(tree.root, path), 'utf8')
}

describe('stagex new', () => {
  it('writes a package that passes check, from what it finds in the release', async () => {
    const tree = new SampleTree().add('pallet-gcc').add('core-make')
    const url = release(tree, 'zlib-1.3.1.tar.gz', {
      'zlib-1.3.1/configure': '#!/bin/sh\n',
      'zlib-1.3.1/LICENSE': mit,
      'zlib-1.3.1/sub/CMakeLists.txt': ''
    })
    const { status, out } = await make(tree, 'core-zlib', '--url', url, '--json')
    expect(JSON.parse(out)).toMatchObject({
      package: 'core-zlib',
      version: '1.3.1',
      license: 'MIT',
      template: 'autotools',
      base: 'pallet-gcc',
      tools: ['core-make'],
      findings: []
    })
    expect(status).toBe(0)
    const definition = read(tree, 'packages/core/zlib/package.toml')
    expect(definition).toContain('[sources.zlib]')
    expect(definition).toContain('file = "zlib-{version}.{format}"')
    expect(definition).toContain('/upstream/zlib-{version}.tar.gz')
    expect(read(tree, 'packages/core/zlib/Containerfile')).toBe(
      [
        'FROM stagex/pallet-gcc AS build',
        'COPY --from=stagex/core-make . /',
        'ARG VERSION',
        'ADD fetch/zlib-${VERSION}.tar.gz /build/',
        'WORKDIR /build/zlib-${VERSION}',
        'RUN --network=none <<-EOF',
        '\tset -eux',
        '\t./configure --prefix=/usr',
        '\tmake -j "$(nproc)"',
        '\tmake DESTDIR=/rootfs install',
        'EOF',
        '',
        'FROM scratch AS package',
        'COPY --from=build /rootfs/ /',
        ''
      ].join('\n')
    )
    expect(existsSync(join(tree.root, 'fetch/core/zlib/zlib-1.3.1.tar.gz'))).toBe(true)
  })

  it('unpacks what it knows nothing of, and says what is left to do', async () => {
    const tree = new SampleTree()
    const url = release(tree, 'v2.tar.gz', { 'data/words': 'a\n' })
    const { status, out } = await make(tree, 'words', '--url', url)
    expect(status).toBe(0)
    expect(out).toContain('user-words 2\n')
    expect(out).toContain('licence  not found: add it\n')
    expect(read(tree, 'packages/user/words/Containerfile')).toContain(
      'ADD fetch/words-${VERSION}.tar.gz /usr/src/words/\n'
    )
  })

  it('takes template, image and version from the command line', async () => {
    const tree = new SampleTree().add('core-tcc')
    const url = release(tree, 'snapshot.tar.gz', { 'x/configure': '' })
    const words = ['--at', '7', '--template', 'make', '--from', 'core-tcc', '--json']
    const { out } = await make(tree, 'tool', '--url', url, ...words)
    expect(JSON.parse(out)).toMatchObject({ version: '7', template: 'make', base: 'core-tcc' })
  })

  it('does not let an archive write into the Containerfile', async () => {
    const tree = new SampleTree().add('pallet-gcc')
    const url = release(tree, 'x-1.0.tar.gz', { 'a b\nRUN evil/Makefile': 'all:\n' })
    expect((await make(tree, 'x', '--url', url)).status).toBe(0)
    const text = read(tree, 'packages/user/x/Containerfile')
    expect(text).not.toContain('evil')
    expect(text).toContain('WORKDIR /build\n')
  })

  it('makes a package of a file that is no archive, whatever it is', async () => {
    const tree = new SampleTree()
    const path = join(tree.root, 'blob-1.2.tar.gz')
    for (const bytes of [Buffer.alloc(0), Buffer.from('1f8b08', 'hex'), Buffer.alloc(2000, 0xff)]) {
      writeFileSync(path, bytes)
      const name = `blob${bytes.length}`
      const { out } = await make(tree, name, '--url', pathToFileURL(path).href, '--json')
      expect(JSON.parse(out)).toMatchObject({ template: 'unpack', version: '1.2' })
    }
  })

  it.each([
    [['../up'], 'upkeep/bad-name'],
    [['core-'], 'upkeep/bad-name'],
    [['Upper'], 'upkeep/bad-name'],
    [['core-there'], 'upkeep/exists'],
    [['core-taken'], 'upkeep/exists'],
    [['x', '--at', 'a b'], 'upkeep/bad-version'],
    [['x', '--from', 'core-nowhere'], 'upkeep/no-base'],
    [['x', '--template', 'rust'], 'upkeep/no-base'],
    [['x', '--template', 'perl'], 'cli/bad-usage'],
    [['x', '--url', 'https://me:secret@example.org/x-1.tar'], 'upkeep/bad-url'],
    [['x', '--url', 'https://example.org/{version}.tar'], 'upkeep/bad-url'],
    [['x', '--url', 'ftp://example.org/x-1.tar'], 'upkeep/bad-url'],
    [['x', '--url', 'notaurl'], 'upkeep/bad-url'],
    [['x', '--url', 'file:///nowhere/x-1.tar'], 'source/not-found']
  ])('%j is refused with %s, and nothing is written', async (words, code) => {
    const tree = new SampleTree().add('core-there')
    mkdirSync(join(tree.root, 'packages/core/taken'))
    const url = release(tree, 'x-1.0.tar.gz', { 'x-1.0/a': '' })
    // A URL of the row's own is the first one.
    const all = words.includes('--url') ? words : [...words, '--url', url]
    const { status, err } = await make(tree, ...all)
    expect(status).toBeGreaterThan(0)
    expect(err).toContain(`[${code}]`)
    expect(err).not.toContain('secret')
    expect(existsSync(join(tree.root, 'packages/user'))).toBe(false)
  })

  it('takes what is no URL for a mistake in the command, and repeats it', async () => {
    const { status, err } = await make(new SampleTree(), 'x', '--url', 'notaurl')
    expect(status).toBe(2)
    expect(err).toMatch(/found +notaurl\n/)
  })

  it('gives the website the scheme of the mirror that it is taken from', async () => {
    const tree = new SampleTree()
    const server = await mirrorServer(honest(Buffer.from('no archive')))
    await make(tree, 'plain', '--url', `${server.url}/plain-1.0.bin`)
    expect(read(tree, 'packages/user/plain/package.toml')).toContain(`website = "${server.url}/"`)
  })

  it('refuses mirrors that serve different bytes', async () => {
    const tree = new SampleTree()
    const one = release(tree, 'x-1.0.tar.gz', { 'x-1.0/a': '' })
    const other = release(tree, 'other/x-1.0.tar.gz', { 'x-1.0/b': '' })
    const { err } = await make(tree, 'x', '--url', one, '--url', other)
    expect(err).toContain('[source/mirrors-disagree]')
  })
})
