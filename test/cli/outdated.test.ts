import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { outdatedCommand } from '../../src/cli/outdated.js'
import { mirrorServer } from '../source/mirror-server.js'
import { SampleTree } from './sample-tree.js'

interface State {
  readonly package: string
  readonly source?: string
  readonly version: string
  readonly newest?: string
  readonly because?: string
}

function treeOf(mirrors: readonly string[], version = '1.2.3', more = ''): SampleTree {
  const tree = new SampleTree()
  const source = `[sources.it]\nhash = "${'0'.repeat(64)}"\nfile = "it-{version}.tar"\nmirrors = ${JSON.stringify(mirrors)}\n`
  tree.write(
    'packages/core/it/package.toml',
    `[package]\nname = "it"\nversion = "${version}"\n${source}${more}`
  )
  tree.write('packages/core/it/Containerfile', 'FROM scratch\n')
  return tree
}

async function states(tree: SampleTree): Promise<{ status: number; versions: State[] }> {
  const { status, out } = await tree.run(outdatedCommand, ['--json'])
  return { status, ...(JSON.parse(out) as { versions: State[] }) }
}

/** A folder of empty files, as a URL without a slash at its end. */
function folderOf(...files: string[]): string {
  const { root } = new SampleTree()
  for (const file of files) {
    mkdirSync(dirname(join(root, 'pub', file)), { recursive: true })
    writeFileSync(join(root, 'pub', file), '')
  }
  return pathToFileURL(join(root, 'pub')).href
}

describe('stagex outdated', () => {
  it('finds the newest release in a folder', async () => {
    const files = ['it-1.2.3.tar', 'it-1.2.10.tar', 'it-1.3-rc1.tar', 'it-20040101.tar', 'IT-9.tar']
    const folder = folderOf(...files)
    const { status, versions } = await states(treeOf([`${folder}/{file}`]))
    expect(status).toBe(1)
    expect(versions).toMatchObject([{ package: 'core-it', version: '1.2.3', newest: '1.2.10' }])
  })

  it('finds nothing newer than the newest, with status 0', async () => {
    const { status, versions } = await states(treeOf([`${folderOf('it-1.2.3.tar')}/{file}`]))
    expect(status).toBe(0)
    expect(versions[0]).toMatchObject({ version: '1.2.3' })
    expect(versions[0]).not.toHaveProperty('newest')
  })

  it('offers a version before a release to whoever has one', async () => {
    const folder = folderOf('it-2.0-rc1.tar', 'it-2.0-rc2.tar')
    const { versions } = await states(treeOf([`${folder}/{file}`], '2.0-rc1'))
    expect(versions[0]?.newest).toBe('2.0-rc2')
  })

  it('looks into the newest folders of versions', async () => {
    const folder = folderOf('1.2/it-1.2.4.tar', '1.3/it-1.3.0.tar', '0.9/it-9.9.tar', '1.4/x')
    const { versions } = await states(treeOf([`${folder}/{version_major_minor}/{file}`]))
    expect(versions[0]?.newest).toBe('1.3.0')
  })

  it('reads the page of a web server', async () => {
    const server = await mirrorServer((_request, response) => {
      response.end('<a href="it-1.2.4.tar">new</a><a href="it-1.2.3.tar">old</a>')
    })
    const { versions } = await states(treeOf([`${server.url}/pub/it/{file}`]))
    expect(versions[0]).toMatchObject({ newest: '1.2.4', where: `${server.url}/pub/it` })
    expect(server.requests.map(({ url }) => url)).toEqual(['/pub/it/'])
  })

  it.each([
    '/me/it/archive/refs/tags/v{version}.tar.gz',
    '/me/it/releases/download/v{version}/{file}'
  ])('asks the repository behind %s for its tags', async (path) => {
    const server = await mirrorServer((_request, response) => {
      response.end(`0000003e${'a'.repeat(40)} refs/tags/v1.2.4\n0000`)
    })
    const { versions } = await states(treeOf([`${server.url}${path}`]))
    expect(versions[0]?.newest).toBe('1.2.4')
    expect(server.requests[0]?.url).toBe('/me/it.git/info/refs?service=git-upload-pack')
  })

  it('asks the next mirror where one does not tell', async () => {
    const server = await mirrorServer((_request, response) => response.writeHead(403).end())
    const mirrors = [`${server.url}/{file}`, `${folderOf('it-1.2.4.tar')}/{file}`]
    const { versions } = await states(treeOf(mirrors))
    expect(versions[0]?.newest).toBe('1.2.4')
  })

  it('tells why nothing is known, and that is no failure', async () => {
    const server = await mirrorServer((_request, response) => response.writeHead(404).end())
    const { status, versions } = await states(treeOf([`${server.url}/{file}`]))
    expect(status).toBe(0)
    expect(versions[0]?.because).toContain(`${server.url}/`)
  })

  it('looks at a source with a version of its own apart', async () => {
    const folder = folderOf('it-1.2.3.tar', 'data-8.tar')
    const data = `[sources.data]\nhash = "${'1'.repeat(64)}"\nversion = "7"\nmirrors = ["${folder}/data-{version}.tar"]\n`
    const { versions } = await states(treeOf([`${folder}/{file}`], '1.2.3', data))
    expect(versions.map(({ source, newest }) => [source, newest])).toEqual([
      [undefined, undefined],
      ['data', '8']
    ])
  })

  it('says it to people in lines', async () => {
    const folder = folderOf('it-1.2.4.tar')
    const { out } = await treeOf([`${folder}/{file}`]).run(outdatedCommand, [])
    expect(out.split('\n')).toEqual([
      `core-it  1.2.3 → 1.2.4  ${folder}`,
      '1 outdated, 0 current, 0 not known',
      ''
    ])
  })

  it('prints no name that is no version', async () => {
    const folder = folderOf('it-2\u001b[31m.tar', 'it-3$(x).tar')
    const { versions } = await states(treeOf([`${folder}/{file}`]))
    expect(versions[0]?.because).toContain('names no versions')
  })
})
