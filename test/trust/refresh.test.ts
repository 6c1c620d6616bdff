import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import * as openpgp from 'openpgp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run } from '../../src/base/process.js'
import { ownStatements } from '../../src/trust/keys/self-signatures.js'
import { readPackets } from '../../src/trust/openpgp/packets.js'
import {
  readTransferableKeys,
  type TransferableKey,
  writeTransferableKey
} from '../../src/trust/openpgp/transferable-key.js'
import { keyServer, webKeyDirectory } from '../../src/trust/refresh/key-servers.js'
import { mergedKey } from '../../src/trust/refresh/merge-keys.js'
import { refreshKeys, type RefreshedKey } from '../../src/trust/refresh/refresh-keys.js'
import { writeRefreshedKeys } from '../../src/trust/refresh/write-keys.js'
import { packet } from './hostile-messages.js'
import { keyPacket, made, issuer, rawStatement } from './raw-signature.js'
import { DAY, makeKey, MADE, NOW, sign, told, TrustWorld } from './trust-world.js'

const alice = await makeKey('alice', { lifetime: 70 * DAY })
const eve = await makeKey('eve')

/** The key of alice as it is after she has prolonged it. */
async function prolonged(days: number): Promise<openpgp.PrivateKey> {
  const { privateKey } = await openpgp.reformatKey({
    privateKey: alice,
    userIDs: alice
      .getUserIDs()
      .map((name) => ({ name: name.replace(/ <.*/, ''), email: 'alice@example.org' })),
    keyExpirationTime: days * DAY,
    date: new Date((MADE + 40 * DAY) * 1000),
    format: 'object'
  })
  return privateKey
}

async function withSubkey(): Promise<openpgp.PrivateKey> {
  return alice.addSubkey({
    sign: true,
    type: 'ecc',
    curve: 'ed25519Legacy',
    date: new Date((MADE + 40 * DAY) * 1000)
  })
}

async function withdrawn(): Promise<openpgp.PublicKey> {
  return (await openpgp.revokeKey({ key: alice, format: 'object' })).publicKey
}

/** A server on this machine, by its URL. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const asking = {
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  environment: {},
  limits: { attempts: 2, responseTimeout: 2000, stallTimeout: 500 }
}

/** What a key server that gives this answer brings to a tree that knows alice. */
async function refreshed(
  answer: Uint8Array | string | RequestListener,
  world = TrustWorld.of({ alice })
): Promise<RefreshedKey & { readonly write: () => string[] }> {
  const listener: RequestListener =
    typeof answer === 'function' ? answer : (_request, response) => response.end(answer)
  const servers = [keyServer(await serving(listener))]
  const rows = await refreshKeys(world.root, { servers, asking, now: NOW })
  const [row] = rows
  if (row === undefined) throw new Error('no key')
  return { ...row, write: () => writeRefreshedKeys(world.root, rows, 1) }
}

const kinds = ({ changes }: RefreshedKey): string[] => changes.map(({ kind }) => kind)
const states = ({ answers }: RefreshedKey): string[] => {
  return answers.map(({ state, error }) => error?.code ?? state)
}

describe('news of a key', () => {
  test('are its ends, subkeys and withdrawals', async () => {
    const later = await refreshed((await prolonged(400)).toPublic().armor())
    const fingerprint = alice.getFingerprint()
    expect(later.changes).toEqual([
      { kind: 'end-moved', fingerprint, from: MADE + 70 * DAY, to: MADE + 400 * DAY }
    ])
    expect((await refreshed((await withSubkey()).toPublic().armor())).changes).toMatchObject([
      { kind: 'subkey-added', subkey: { maySign: true, revoked: false } }
    ])
    expect((await refreshed((await withdrawn()).write())).changes).toEqual([
      { kind: 'withdrawn', fingerprint }
    ])
    const same = await refreshed(alice.toPublic().armor())
    expect([kinds(same), states(same)]).toEqual([[], ['found']])
  })

  test('change nothing until they are written, and then what counts', async () => {
    const world = TrustWorld.of({ alice })
    const signature = await sign(alice)
    const after = MADE + 80 * DAY
    const count = () => told(world.judge([signature], { threshold: 1, vendors: 0 }, after))
    const file = join(world.root, 'keys', 'alice.asc')
    const before = readFileSync(file)
    const { write } = await refreshed((await prolonged(400)).toPublic().armor(), world)
    expect(readFileSync(file)).toEqual(before)
    expect(count()).toEqual(['signature/key-expired'])
    expect(write()).toEqual(['keys/alice.asc'])
    expect(count()).toEqual(['alice'])
    expect(
      (await openpgp.readKey({ armoredKey: readFileSync(file, 'utf8') })).getFingerprint()
    ).toBe(alice.getFingerprint())
  })

  test('leave the other keys of a file, and its form', async () => {
    const world = TrustWorld.of({ alice })
    world.key('alice.asc', Buffer.concat([eve.toPublic().write(), alice.toPublic().write()]))
    const { write } = await refreshed((await withdrawn()).armor(), world)
    write()
    const bytes = readFileSync(join(world.root, 'keys', 'alice.asc'))
    const keys = await openpgp.readKeys({ binaryKeys: bytes })
    expect(keys.map((key) => key.getFingerprint())).toEqual([
      eve.getFingerprint(),
      alice.getFingerprint()
    ])
    expect(told(world.judge([await sign(alice)]))).toEqual(['signature/key-revoked'])
  })

  test('lose nothing that the other copy leaves out', async () => {
    const gone = await withdrawn()
    const world = TrustWorld.of({ alice: gone })
    expect(kinds(await refreshed(alice.toPublic().armor(), world))).toEqual([])
    const { write } = await refreshed((await prolonged(400)).toPublic().armor(), world)
    write()
    expect(told(world.judge([await sign(alice)]))).toEqual(['signature/key-revoked'])
  })
})

/** A key of which much has been said: names, subkeys, other ends, withdrawals. */
async function richKey(): Promise<openpgp.Key> {
  const [longer, more] = [await prolonged(400), await withSubkey()]
  const secret = more.keyPacket as openpgp.SecretKeyPacket
  const [subkey] = more.subkeys
  if (subkey !== undefined) more.subkeys[0] = await subkey.revoke(secret)
  const copies = [alice.toPublic(), longer.toPublic(), more.toPublic(), await withdrawn()]
  const [first, ...others] = copies
  if (first === undefined) throw new Error('no key')
  let all: openpgp.Key = first
  for (const copy of others) all = await all.update(copy)
  return all
}

describe('two copies of a key', () => {
  test('make one that says what either said, whichever comes first, and no more', async () => {
    const [first, ...others] = readPackets((await richKey()).write(), 100)
    if (first === undefined) throw new Error('no packets')
    expect(others.length).toBeGreaterThan(5)
    const copyOf = (chosen: readonly boolean[]): TransferableKey => {
      const [key] = readTransferableKeys([first, ...others.filter((_, index) => chosen[index])])
      if (key === undefined) throw new Error('no key')
      return key
    }
    const statements = (...keys: readonly TransferableKey[]): string[] => {
      const bodies = keys.flatMap((key) => {
        const { signatures, users, subkeys } = ownStatements(key)
        return [...signatures, ...[...users, ...subkeys].flatMap((each) => each.signatures)]
      })
      return [...new Set(bodies.map(({ body }) => Buffer.from(body).toString('hex')))].sort()
    }
    const subset = fc.array(fc.boolean(), { minLength: others.length, maxLength: others.length })
    fc.assert(
      fc.property(subset, subset, (one, other) => {
        const [known, found] = [copyOf(one), copyOf(other)]
        const merged = mergedKey(known, found)
        expect(statements(merged)).toEqual(statements(known, found))
        expect(statements(mergedKey(found, known))).toEqual(statements(merged))
        expect(writeTransferableKey(mergedKey(merged, found))).toEqual(writeTransferableKey(merged))
      }),
      { numRuns: 60 }
    )
  }, 60_000)
})

/** What somebody puts into the copy of a key that is not theirs. */
const forged = (statement: Uint8Array, ...between: readonly Uint8Array[]): Uint8Array => {
  return Buffer.concat([keyPacket(alice), ...between, statement])
}
const inHerName = [made(MADE + 50 * DAY), issuer(alice)]
const SIGNS: readonly [number, Uint8Array] = [27, Buffer.from([2])]

describe('a key server', () => {
  test.each<[string, string, () => Uint8Array | string | Promise<Uint8Array | string>]>([
    ['with another key', 'other', () => eve.toPublic().armor()],
    ['with a page', 'keys/unreadable', () => '<html>'],
    ['with nothing', 'keys/unreadable', () => ''],
    ['with the secret key', 'keys/unreadable', () => alice.armor()],
    ['with too much', 'keys/too-large', () => Buffer.alloc(1024 * 1024 + 1)],
    [
      'with a withdrawal by somebody else',
      'found',
      () => forged(rawStatement(eve, { type: 0x20, hashed: inHerName }, [alice]))
    ],
    [
      'with a statement by somebody else',
      'found',
      () =>
        forged(
          rawStatement(eve, { type: 0x13, hashed: [...inHerName, SIGNS] }, [alice], 'x'),
          packet(13, Buffer.from('x'))
        )
    ],
    [
      'with a subkey that somebody else binds',
      'found',
      () =>
        forged(
          rawStatement(eve, { type: 0x18, hashed: [...inHerName, SIGNS] }, [alice, eve]),
          keyPacket(eve, 14)
        )
    ],
    ['with a subkey that nobody binds', 'found', () => forged(keyPacket(eve, 14))]
  ])('%s brings nothing', async (_what, state, make) => {
    const row = await refreshed(await make())
    expect([kinds(row), states(row), row.write()]).toEqual([[], [state], []])
  })

  test.each<[string, string, RequestListener]>([
    ['does not have it', 'nothing', (_request, response) => response.writeHead(404).end()],
    ['is broken', 'keys/no-answer', (_request, response) => response.writeHead(500).end()],
    ['says nothing', 'http/timeout', () => undefined],
    [
      'leads to a file',
      'http/bad-redirect',
      (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    ]
  ])('that %s stops nothing', async (_what, state, listener) => {
    const row = await refreshed(listener)
    expect([kinds(row), states(row)]).toEqual([[], [state]])
  })

  test('is not asked for a key that is not in keys/', async () => {
    const world = TrustWorld.of({ alice })
    world.key('alice.asc', '')
    const row = await refreshed(alice.toPublic().armor(), world)
    expect([row.file, row.answers, row.write()]).toEqual([undefined, [], []])
  })

  test('is asked by fingerprint, over TLS or on this machine', () => {
    const key = { person: 'alice', name: 'a', fingerprint: 'ab'.repeat(20) }
    const [place] = keyServer('hkps://keys.example.org')(key, { id: 'alice', emails: [] })
    expect(place?.urls.map(String)).toEqual([
      `https://keys.example.org/pks/lookup?op=get&options=mr&search=0x${key.fingerprint}`
    ])
    for (const address of ['http://keys.example.org', 'ftp://a', 'keys.example.org', '']) {
      expect(() => keyServer(address)).toThrow(
        expect.objectContaining({ code: 'keys/bad-address' })
      )
    }
  })
})

describe('a web key directory', () => {
  const key = { person: 'alice', name: 'a', fingerprint: 'ab'.repeat(20) }
  const urls = (email: string) =>
    webKeyDirectory(key, { id: 'alice', emails: [email] }).flatMap((place) =>
      place.urls.map(String)
    )

  test('is at the domain of the address, under the digest of its name', () => {
    // The example of the draft that defines it.
    const file = 'hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe'
    expect(urls('Joe.Doe@Example.ORG')).toEqual([
      `https://openpgpkey.example.org/.well-known/openpgpkey/example.org/${file}`,
      `https://example.org/.well-known/openpgpkey/${file}`
    ])
  })

  test.each(['a@b.org/c', 'a@b.org?c', 'a@b.org#c', 'a@b c', 'a@', 'a@b.org:99999', 'a@[::'])(
    'is nowhere for %s',
    (email) => {
      expect(() => urls(email)).toThrow(expect.objectContaining({ code: 'keys/bad-address' }))
    }
  )
})

const stagex = fileURLToPath(new URL('../../stagex', import.meta.url))

describe('stagex maintainers refresh', () => {
  test('shows what a person’s directory has, and writes it where it is told to', async () => {
    const now = Math.floor(Date.now() / 1000)
    const bob = await makeKey('bob', { made: now - DAY, lifetime: 30 * DAY })
    const { publicKey } = await openpgp.revokeKey({ key: bob, format: 'object' })
    const asked: string[] = []
    const url = await serving(({ url = '' }, response) => {
      asked.push(url)
      response.end(publicKey.write())
    })
    const world = TrustWorld.of({ bob })
    world.maintainers(
      `[people.bob]\nemail = "bob@${url.slice('http://'.length)}"\n[keys.bob.main]\nfingerprint = "${bob.getFingerprint()}"\n`
    )
    const call = (...words: string[]) =>
      run(stagex, ['--root', world.root, 'maintainers', ...words])
    const shown = await call('refresh')
    expect([shown.status, shown.stdout]).toEqual([0, expect.stringContaining('is withdrawn')])
    expect(asked).toEqual([
      expect.stringMatching(/^\/\.well-known\/openpgpkey\/hu\/[a-z0-9]{32}\?l=bob$/)
    ])
    expect((await call('check')).stdout).not.toContain('key-revoked')
    const { stdout } = await call('refresh', '--write', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      keys: [{ person: 'bob', changes: [{ kind: 'withdrawn' }], answers: [{ state: 'found' }] }],
      written: ['keys/bob.asc']
    })
    expect((await call('check')).stdout).toContain('key-revoked')
    expect((await call('refresh')).stdout).toContain('nothing new')
    expect((await call('--write')).status).toBe(2)
    expect((await call('refresh', '--keyserver', 'nowhere')).status).toBe(2)
  }, 60_000)

  test('ends with 1 where nobody answers', async () => {
    const world = TrustWorld.of({ alice })
    const { status } = await run(stagex, ['--root', world.root, 'maintainers', 'refresh'])
    expect(status).toBe(1)
  }, 60_000)
})
