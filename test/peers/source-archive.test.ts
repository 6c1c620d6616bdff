import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchCommand } from '../../src/cli/fetch.js'
import { SampleTree } from '../cli/sample-tree.js'
import { sha256 } from '../source/mirror-server.js'
import { hasDockerRegistry, type RunningRegistry, startDockerRegistry } from './docker-registry.js'

describe.skipIf(!hasDockerRegistry())('an archive of sources in a real registry', () => {
  let server: RunningRegistry

  beforeAll(async () => {
    server = await startDockerRegistry()
  })
  afterAll(async () => {
    await server.stop()
  })

  test('gives back what was put there, when upstream and the store are gone', async () => {
    const bytes = randomBytes(3_000_000)
    const tree = new SampleTree()
    const upstream = join(tree.root, 'upstream.tar')
    writeFileSync(upstream, bytes)
    const mirrors = JSON.stringify([pathToFileURL(upstream).href])
    const source = `[sources.it]\nhash = "${sha256(bytes)}"\nfile = "it.tar"\nmirrors = ${mirrors}\n`
    tree.add('core-it', [], source)
    const archive = `oci:${server.host}/me/sources:all`
    for (const added of [1, 0]) {
      const { out } = await tree.run(fetchCommand, ['--mirror-to', archive, '--json'])
      expect(JSON.parse(out)).toMatchObject({ archive: { added } })
    }
    for (const gone of [upstream, tree.home, join(tree.root, 'fetch')]) {
      rmSync(gone, { recursive: true })
    }
    const { status, out } = await tree.run(fetchCommand, ['--mirror', archive, '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ sources: [{ state: 'fetched', mirror: archive }] })
    expect(readFileSync(join(tree.root, 'fetch/core/it/it.tar')).equals(bytes)).toBe(true)
  })
})
