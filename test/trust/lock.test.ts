import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { sha256 } from '../../src/oci/digest.js'
import { RegistryServer } from '../oci/registry/registry-server.js'
import { makeKey, payload, sign, TrustWorld } from './trust-world.js'
import { type LockedImage, readLockFile, writeLockTable } from '../../src/trust/lock/lock-file.js'
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

const manifests = [sha256('b'), sha256('c')]
const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json'
}
const index = JSON.stringify({
  schemaVersion: 2,
  mediaType: mediaTypes.index,
  manifests: manifests.map((digest) => ({ mediaType: mediaTypes.manifest, digest, size: 1 }))
})
const image = { digest: sha256(index), manifests, index, people: ['bob', 'alice'] }
const single = { digest: sha256('a'), manifests: [sha256('a')], people: ['alice', 'bob'] }

const lockOf = (locked: LockedImage) => writeLockTable(new Map([['a:1', locked]]))

describe('a lock file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-lock-'))
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'stagex.lock')

  test('says what was written to it, in one way', () => {
    const table = new Map([
      ['docker.io/stagex/core-z:1', image],
      ['docker.io/stagex/core-a:latest', image],
      ['docker.io/stagex/core-b:1', single]
    ])
    writeFileSync(file, writeLockTable(table))
    const read = readLockFile(file)
    expect(Object.fromEntries(read)).toEqual(
      Object.fromEntries(
        [...table].map(([key, each]) => [key, { ...each, people: ['alice', 'bob'] }])
      )
    )
    expect([...read.keys()]).toEqual([...table.keys()].sort())
    expect(writeLockTable(read)).toBe(writeLockTable(table))
    expect(readLockFile(join(folder, 'none')).size).toBe(0)
  })

  test.each([
    ['is no TOML', '['],
    ['has something else in it', 'a = 3'],
    ['has a digest that is none', '[images."a:1"]\ndigest="sha256:a"\nmanifests=[]\npeople=[]'],
    ['leads to no manifest', `[images."a:1"]\ndigest="${image.digest}"\nmanifests=[]\npeople=[]`],
    [
      'has an image without people',
      `[images."a:1"]\ndigest="${image.digest}"\nmanifests=["${image.digest}"]`
    ],
    ['has a digest that is not its manifest’s', lockOf({ ...single, manifests })],
    ['has a digest that is not its index’s', lockOf({ ...image, digest: sha256('a') })],
    ['has manifests that its index does not', lockOf({ ...image, manifests: single.manifests })],
    ['has an image twice', writeLockTable(new Map([['a:1', image]])).repeat(2)]
  ])('that %s is not relied on', (_what, content) => {
    writeFileSync(file, content)
    expect(() => readLockFile(file)).toThrow(expect.objectContaining({ code: 'lock/unreadable' }))
  })
})

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
    const lockFile = join(world.root, 'stagex.lock')
    const lock = (...words: string[]) =>
      run(stagex, ['--root', world.root, 'lock', file, '--lock-file', lockFile, ...words])
    expect((await lock()).status).toBe(3)
    expect(readFileSync(file, 'utf8')).toBe(before)
    await signBoth('core-y')
    const empty = index.replace(/"manifests":.*/, '"manifests":[]}')
    server.manifest('stagex/core-z', '1', Buffer.from(empty), mediaTypes.index)
    writeFileSync(file, `${before}COPY --from=${place}/core-z:1 / /\n`)
    expect((await lock()).stderr).toContain('registry/bad-response')
    writeFileSync(file, before)
    const shown = await lock('--dry-run')
    expect([shown.status, readFileSync(file, 'utf8')]).toEqual([0, before])
    expect(shown.stdout).toContain(`+ ${place}/core-y:1@${digest}`)
    expect((await lock()).status).toBe(0)
    const pinned = before.replace(/(core-[xy]:1)/g, `$1@${digest}`)
    expect(readFileSync(file, 'utf8')).toBe(pinned)
    expect((await lock('--threshold', '3')).status).toBe(3)

    const entry = (image: string): string =>
      [
        `[images."${place}/${image}:1"]`,
        `digest = "${digest}"`,
        `manifests = ["${digest}"]`,
        'people = ["alice", "bob"]'
      ].join('\n')
    expect(readFileSync(lockFile, 'utf8')).toContain(`${entry('core-x')}\n\n${entry('core-y')}\n`)
    // From here on no registry is needed, and none decides.
    for (const table of server.manifests.values()) table.clear()
    writeFileSync(file, before)
    expect((await lock('--check')).status).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect((await lock()).status).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(pinned)
    expect((await lock('--check')).status).toBe(0)
    expect((await lock('--check', '--threshold', '3')).status).toBe(3)
    expect((await lock('--update')).status).not.toBe(0)
    writeFileSync(file, pinned.replace(/@sha256:[0-9a-f]{64}\n/, `@${sha256('other')}\n`))
    const other = await lock('--check', '--json')
    expect([other.status, JSON.parse(other.stdout)]).toMatchObject([1, { changes: [{ line: 1 }] }])
    writeFileSync(lockFile, '[images."a"]\ndigest = 3\n')
    expect((await lock()).stderr).toContain('lock/unreadable')
    expect((await lock('--check', '--update')).status).toBe(2)
  }, 60_000)
})
