import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bumpCommand } from '../../src/cli/bump.js'
import { mirrorServer, sha256 } from '../source/mirror-server.js'
import { SampleTree, type Told } from './sample-tree.js'

/** A folder of upstream's releases, which are the file's name as bytes. */
function upstream(tree: SampleTree, ...files: string[]): string {
  const folder = join(tree.root, 'upstream')
  mkdirSync(folder, { recursive: true })
  for (const file of files) writeFileSync(join(folder, file), file)
  return pathToFileURL(folder).href
}

function definition(mirrors: readonly string[], version = '1.2.3'): string {
  return [
    `# The library.`,
    `[package]`,
    `name = "it"   # as upstream calls it`,
    `version = '${version}'`,
    ``,
    `[sources]`,
    `it = { hash = "${'0'.repeat(64)}", file = "it-{version}.tar", mirrors = ${JSON.stringify(mirrors)} }`,
    `[sources.data]`,
    `hash = "${'1'.repeat(64)}" # of another pace`,
    `version = "7"`,
    `mirrors = ["https://example.org/data-{version}.tar"]`,
    ``
  ].join('\n')
}

function treeWith(text: string, tree = new SampleTree()): SampleTree {
  tree.write('packages/core/it/package.toml', text)
  tree.write('packages/core/it/Containerfile', 'FROM scratch\n# 1.2.3 needs it\n')
  return tree
}

function textOf(tree: SampleTree, path = 'packages/core/it/package.toml'): string {
  return readFileSync(join(tree.root, path), 'utf8')
}

function bump(tree: SampleTree, ...words: string[]): Promise<Told> {
  return tree.run(bumpCommand, words)
}

describe('stagex bump', () => {
  it('writes version and hash, and nothing else', async () => {
    const tree = new SampleTree()
    const base = upstream(tree, 'it-1.3.0.tar')
    const before = definition([`${base}/{file}`])
    treeWith(before, tree)
    const { status, out } = await bump(tree, 'it', '1.3.0')
    expect({ status, first: out.split('\n')[0] }).toEqual({
      status: 0,
      first: 'core-it 1.2.3 → 1.3.0'
    })
    const hash = sha256(Buffer.from('it-1.3.0.tar'))
    expect(textOf(tree)).toBe(before.replace("'1.2.3'", '"1.3.0"').replace('0'.repeat(64), hash))
    expect(textOf(tree, 'fetch/core/it/it-1.3.0.tar')).toBe('it-1.3.0.tar')
  })

  it('changes what takes its version from the package, too', async () => {
    const tree = new SampleTree()
    const base = upstream(tree, 'it-2.tar', 'docs-2.tar')
    treeWith(definition([`${base}/{file}`]), tree)
    const follower = `[package]\nname = "docs"\nversion_from = "core-it"\n[sources.docs]\nhash = "${'2'.repeat(64)}"\nmirrors = ["${base}/docs-{version}.tar"]\n`
    tree.write('packages/user/docs/package.toml', follower)
    tree.write('packages/user/docs/Containerfile', 'FROM scratch\n')
    const { out } = await bump(tree, 'core-it', '2', '--json')
    expect(JSON.parse(out)).toMatchObject({
      files: ['packages/core/it/package.toml', 'packages/user/docs/package.toml']
    })
    const hash = sha256(Buffer.from('docs-2.tar'))
    expect(textOf(tree, 'packages/user/docs/package.toml')).toBe(
      follower.replace('2'.repeat(64), hash)
    )
  })

  it('tells what names the old version still, and which digests are of it', async () => {
    const tree = new SampleTree()
    treeWith(definition([`${upstream(tree, 'it-2.tar')}/{file}`]), tree)
    tree.write('packages/core/it/notes', 'it_1_2_3 and 11.2.3 and 1.2.3.4 and 1.2.30\n1.2.3.4\n')
    tree.add('user-app', ['core-it:1.2.3'])
    tree.write('digests/core.txt', `${'a'.repeat(64)} core-it\n`)
    const { out } = await bump(tree, 'it', '2', '--json')
    const report = JSON.parse(out) as { mentions: { file: string; line: number }[] }
    expect(report.mentions.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'packages/core/it/Containerfile:2',
      'packages/core/it/notes:1',
      'packages/user/app/Containerfile:2'
    ])
    expect(report).toMatchObject({ recorded: ['core-it'] })
  })

  it('takes the hash that all mirrors agree on, and passes over one that is gone', async () => {
    const tree = new SampleTree()
    const base = upstream(tree, 'it-2.tar', 'same')
    const server = await mirrorServer((_request, response) => response.end('it-2.tar'))
    const mirrors = [`${base}/nowhere-{version}`, `${base}/{file}`, `${server.url}/{file}`]
    treeWith(definition(mirrors), tree)
    const { out } = await bump(tree, 'it', '2', '--json')
    expect(JSON.parse(out)).toMatchObject({
      sources: [
        {
          mirrors: [`${base}/it-2.tar`, `${server.url}/it-2.tar`],
          failed: [{ code: 'source/not-found' }]
        }
      ]
    })
  })

  it('changes nothing where two mirrors serve different bytes', async () => {
    const tree = new SampleTree()
    const base = upstream(tree, 'it-2.tar', 'other-2.tar')
    const before = definition([`${base}/{file}`, `${base}/other-{version}.tar`])
    treeWith(before, tree)
    const { status, err } = await bump(tree, 'it', '2')
    expect(status).toBe(1)
    expect(err).toContain('[source/mirrors-disagree]')
    expect(textOf(tree)).toBe(before)
  })

  it('changes nothing where upstream has no such version', async () => {
    const tree = new SampleTree()
    const before = definition([`${upstream(tree)}/{file}`])
    const { status, err } = await bump(treeWith(before, tree), 'it', '2')
    expect(status).toBe(1)
    expect(err).toContain('[source/not-found]')
    expect(textOf(tree)).toBe(before)
  })

  it('leaves a link where it is', async () => {
    const tree = new SampleTree()
    treeWith(definition([`${upstream(tree, 'it-2.tar')}/{file}`]), tree)
    const path = join(tree.root, 'packages/core/it/package.toml')
    renameSync(path, join(tree.root, 'elsewhere.toml'))
    symlinkSync('../../../elsewhere.toml', path)
    expect((await bump(tree, 'it', '2')).status).toBe(0)
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(textOf(tree)).toContain('version = "2"')
  })

  it.each([
    [['it', '1.2.3'], 'upkeep/same-version'],
    [['it', '../../etc'], 'upkeep/bad-version'],
    [['it', '1"\nname = "x'], 'upkeep/bad-version'],
    [['it', ''], 'upkeep/bad-version'],
    [['follower', '2'], 'upkeep/no-own-version'],
    [['plain', '2'], 'upkeep/no-own-version'],
    [['core', '2'], 'upkeep/not-one-package'],
    [['nothing', '2'], 'tree/unknown-package']
  ])('%j is refused with %s', async (words, code) => {
    const tree = treeWith(definition(['https://example.org/{file}']))
    const follower = '[package]\nname = "follower"\nversion_from = "core-it"\n'
    tree.write('packages/core/follower/package.toml', follower)
    tree.write('packages/core/follower/Containerfile', 'FROM scratch\n')
    tree.write('packages/core/plain/package.toml', '[package]\nname = "plain"\n')
    tree.write('packages/core/plain/Containerfile', 'FROM scratch\n')
    const { status, err } = await bump(tree, ...words)
    expect(status).toBe(2)
    expect(err).toContain(`[${code}]`)
  })
})
