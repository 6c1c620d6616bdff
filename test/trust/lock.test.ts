import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { sha256 } from '../../src/oci/digest.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { makeKey, payload, sign, TrustWorld } from './trust-world.js'
import { referencesIn, replaceReferences } from '../../src/trust/lock/locked-references.js'

const text = [
  'FROM --platform=linux/amd64 stagex/core-gcc:13 AS build',
  'COPY --from=stagex/core-musl:1.2 . /',
  'COPY --from=docker.io/stagex/core-make . /',
  'RUN --mount=type=bind,from=stagex/core-sed:4,target=/sed true',
  'COPY <<EOF /file',
  'FROM stagex/core-gcc:13',
  'EOF',
  'COPY --from=build /a /b',
  'FROM alpine:3',
  'COPY --from=stagexx/core-gcc:1 . /',
  ''
].join('\n')

describe('references to images of a scope', () => {
  test('are found where an instruction has them, and nowhere else', () => {
    const found = referencesIn(text, 'Containerfile', ['docker.io/stagex'])
    expect(found.map(({ line, text: written }) => [line, written])).toEqual([
      [1, 'stagex/core-gcc:13'],
      [2, 'stagex/core-musl:1.2'],
      [3, 'docker.io/stagex/core-make'],
      [4, 'stagex/core-sed:4']
    ])
  })

  test('are replaced, and nothing else is', () => {
    const found = referencesIn(text, 'Containerfile', ['docker.io/stagex'])
    const replaced = replaceReferences(
      text,
      found.map((each) => ({ found: each, by: `${each.text}@pinned` }))
    )
    expect(replaced.replaceAll('@pinned', '')).toBe(text)
    expect(replaced.split('\n').filter((line) => line.includes('@pinned'))).toHaveLength(4)
    expect(replaced).toContain('\nFROM stagex/core-gcc:13\nEOF')
  })
})

const stagex = fileURLToPath(new URL('../../stagex', import.meta.url))

describe('stagex lock', () => {
  test('pins what has its quorum, and leaves a file alone where one image has not', async () => {
    const now = Math.floor(Date.now() / 1000)
    const keys = {
      alice: await makeKey('alice', { made: now - 100 }),
      bob: await makeKey('bob', { made: now - 100 })
    }
    const world = TrustWorld.of(keys)
    const server = await RegistryServer.start()
    const mediaType = 'application/vnd.oci.image.manifest.v1+json'
    const config = {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: sha256(''),
      size: 0
    }
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] }))
    const digest = sha256(bytes)
    const stored = { mediaType, bytes }
    for (const image of ['core-x', 'core-y']) {
      server.manifests.set(
        `stagex/${image}`,
        new Map([
          ['1', stored],
          [digest, stored]
        ])
      )
    }
    const place = `${server.host}/stagex`
    writeFileSync(join(world.root, 'release.toml'), `registries = ["${place}"]\n`)
    const signBoth = async (image: string): Promise<void> => {
      const folder = join(world.root, 'signatures', `stagex/${image}@sha256=${digest.slice(7)}`)
      mkdirSync(folder, { recursive: true })
      for (const [index, key] of Object.values(keys).entries()) {
        const said = payload({ reference: `${place}/${image}:1`, digest })
        writeFileSync(join(folder, `signature-${index + 1}`), await sign(key, said, now - 50))
      }
    }
    await signBoth('core-x')
    const file = join(world.root, 'Containerfile')
    const before = `FROM ${place}/core-x:1\nCOPY --from=${place}/core-y:1 / /\n`
    writeFileSync(file, before)
    const lock = (...words: string[]) => run(stagex, ['--root', world.root, 'lock', file, ...words])
    expect((await lock()).status).toBe(3)
    expect(readFileSync(file, 'utf8')).toBe(before)
    await signBoth('core-y')
    const shown = await lock('--dry-run')
    expect([shown.status, readFileSync(file, 'utf8')]).toEqual([0, before])
    expect(shown.stdout).toContain(`+ ${place}/core-y:1@${digest}`)
    expect((await lock()).status).toBe(0)
    const pinned = before.replace(/(core-[xy]:1)/g, `$1@${digest}`)
    expect(readFileSync(file, 'utf8')).toBe(pinned)
    expect((await lock('--threshold', '3')).status).toBe(3)
  }, 60_000)
})
