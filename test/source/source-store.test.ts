import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceError } from '../../src/source/source-error.js'
import { SourceStore } from '../../src/source/source-store.js'
import { FetchWorld, resultOf, temporaryFolder } from './fetching.js'
import { honest, mirrorServer, sha256 } from './mirror-server.js'

const bytes = randomBytes(200_000)
const hash = sha256(bytes)

async function storeWith(content: Buffer): Promise<SourceStore> {
  const store = new SourceStore(temporaryFolder())
  const partial = await store.partial(sha256(content))
  await partial.append(content)
  await store.complete(partial, sha256(content), 'https://mirror.example/file')
  return store
}

describe('what the store hands out', () => {
  test('is what was put in', async () => {
    const store = await storeWith(bytes)
    expect(bytes.equals(readFileSync((await store.verified(hash)) ?? ''))).toBe(true)
  })

  test('is never a file that a disk or a hand has changed, whatever byte it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (offset) => {
        const store = await storeWith(bytes)
        const damaged = Buffer.from(bytes)
        damaged.writeUInt8(damaged.readUInt8(offset) ^ 1, offset)
        chmodSync(store.path(hash), 0o644)
        writeFileSync(store.path(hash), damaged)
        expect(await store.verified(hash)).toBeUndefined()
        expect(existsSync(store.path(hash))).toBe(false)
      }),
      { numRuns: 20 }
    )
  })

  test('is fetched again where it was damaged', async () => {
    const world = new FetchWorld()
    const server = await mirrorServer(honest(bytes))
    const wanted = world.want(bytes, [server.url])
    await world.fetch(wanted)
    const stored = world.store.path(hash)
    chmodSync(stored, 0o644)
    writeFileSync(stored, 'damaged, and through the hard link the fetch folder too')
    expect(resultOf(await world.fetch(wanted))).toBe('fetched')
    expect(bytes.equals(readFileSync(join(wanted.directory, 'file.tar')))).toBe(true)
    expect(server.requests).toHaveLength(2)
  })

  test('is never a link that leads out of the store', async () => {
    const store = await storeWith(Buffer.from('other'))
    const outside = join(temporaryFolder(), 'outside')
    writeFileSync(outside, bytes)
    symlinkSync(outside, store.path(hash))
    expect(await store.verified(hash)).toBeUndefined()
  })

  test('has one mode, whatever mode an adopted or changed file had', async () => {
    const store = await storeWith(bytes)
    chmodSync(store.path(hash), 0o600)
    await store.verified(hash)
    expect(statSync(store.path(hash)).mode & 0o7777).toBe(0o644)
    const other = join(temporaryFolder(), 'other')
    writeFileSync(other, 'other', { mode: 0o755 })
    const adopted = await store.adopt(other, sha256(Buffer.from('other')))
    expect(statSync(adopted ?? '').mode & 0o7777).toBe(0o644)
    expect(statSync(other).mode & 0o7777).toBe(0o755)
  })

  test('is not there for a hash that it does not have', async () => {
    const store = new SourceStore(temporaryFolder())
    expect(await store.verified(hash)).toBeUndefined()
    expect(await store.adopt('/no/such/file', hash)).toBeUndefined()
  })
})

describe('a partial file', () => {
  test('left by a dead process is taken over by one of many that try', async () => {
    const home = temporaryFolder()
    const store = new SourceStore(home)
    const folder = join(home, 'sources', 'partial')
    mkdirSync(folder, { recursive: true })
    // No process has this id: it is above the kernel's limit.
    writeFileSync(join(folder, `${hash}-4194305-0`), bytes.subarray(0, 1000))
    const partials = await Promise.all([1, 2, 3].map(() => store.partial(hash)))
    expect(partials.map((partial) => partial.size).sort()).toEqual([0, 0, 1000])
    expect(partials.filter((partial) => partial.resumed)).toHaveLength(1)
    for (const partial of partials) await partial.keep()
  })

  test('of a living process is left to it', async () => {
    const store = new SourceStore(temporaryFolder())
    const first = await store.partial(hash)
    await first.append(bytes.subarray(0, 1000))
    const second = await store.partial(hash)
    expect(second.size).toBe(0)
    await first.append(bytes.subarray(1000))
    expect(await store.complete(first, hash, 'https://mirror.example/file')).toBe(store.path(hash))
    await second.append(bytes)
    expect(await store.complete(second, hash, 'https://mirror.example/file')).toBe(store.path(hash))
    expect(await store.verified(hash)).toBeDefined()
  })

  test('has the digest of its bytes, however they come', async () => {
    const store = new SourceStore(temporaryFolder())
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array()), async (chunks) => {
        const partial = await store.partial(hash)
        for (const chunk of chunks) await partial.append(chunk)
        expect(partial.digest()).toBe(sha256(Buffer.concat(chunks)))
        await partial.restart()
        await partial.keep()
      }),
      { numRuns: 30 }
    )
  })

  test('that is not what it was to be goes to quarantine, one file for a hash', async () => {
    const home = temporaryFolder()
    const store = new SourceStore(home)
    for (const wrong of ['one', 'two']) {
      const partial = await store.partial(hash)
      await partial.append(Buffer.from(wrong))
      await expect(
        store.complete(partial, hash, 'https://mirror.example/file')
      ).rejects.toMatchObject({
        code: 'source/wrong-hash'
      })
    }
    expect(readdirSync(join(home, 'quarantine'))).toEqual([hash])
    expect(readFileSync(join(home, 'quarantine', hash), 'utf8')).toBe('two')
  })
})

test('a store that cannot be written to is told as such, with its path', async () => {
  const home = join(temporaryFolder(), 'file')
  writeFileSync(home, 'a file where the home should be')
  const error = await new SourceStore(home).partial(hash).catch((e: unknown) => e as SourceError)
  expect(error).toMatchObject({ code: 'source/store', where: join(home, 'sources', 'partial') })
})
