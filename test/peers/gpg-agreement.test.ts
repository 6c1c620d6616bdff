import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import * as openpgp from 'openpgp'
import { afterAll, describe, expect, test } from 'vitest'
import { changed, signOddly } from '../trust/hostile-messages.js'
import { keysOfAllKinds } from '../trust/keys-of-all-kinds.js'
import {
  DAY,
  makeKey,
  MADE,
  NOW,
  payload,
  sign,
  SIGNED,
  told,
  TrustWorld
} from '../trust/trust-world.js'

/** gpg 2.2 and 2.4 do not know the newer packets of RFC 9580. */
const UNKNOWN_TO_GPG = ['ed25519', 'ed448']

const folder = mkdtempSync(join(tmpdir(), 'stagex-gpg-'))
let homes = 0

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Output on the status file, without waiting for a pipe to fill. */
function gpg(home: string, ...words: string[]): Promise<string> {
  const always = ['--homedir', home, '--batch', '--no-tty', '--status-fd', '1']
  const time = ['--faked-system-time', `${NOW}!`, '--no-auto-check-trustdb']
  return new Promise((resolve, reject) => {
    const child = spawn('gpg', [...always, ...time, ...words], {
      stdio: ['ignore', 'pipe', 'ignore']
    })
    let out = ''
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString('latin1')))
    child.on('error', reject)
    child.on('close', () => {
      resolve(out)
    })
  })
}

/** Whether gpg, who knows the key alone, calls the signature good. */
async function theirs(key: openpgp.Key, message: Uint8Array): Promise<boolean> {
  const home = join(folder, String(homes++))
  spawnSync('mkdir', ['-m', '700', home])
  writeFileSync(join(home, 'key'), key.toPublic().write())
  writeFileSync(join(home, 'message'), message)
  await gpg(home, '--import', join(home, 'key'))
  const status = await gpg(home, '--verify', join(home, 'message'))
  const bad = /^\[GNUPG:\] (?:BADSIG|ERRSIG|EXPSIG|EXPKEYSIG|REVKEYSIG|FAILURE|NODATA)/m
  return /^\[GNUPG:\] GOODSIG/m.test(status) && !bad.test(status)
}

function ours(key: openpgp.Key, message: Uint8Array): boolean {
  return told(TrustWorld.of({ alice: key }).judge([message])).includes('alice')
}

/** A key, something said to be its signature, and whether it is. */
type Case = readonly [name: string, key: openpgp.Key, message: Uint8Array, good: boolean]

const turnLast = (message: Uint8Array, part: 1 | 2): Uint8Array =>
  changed(message, part, (body) => void (body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1))

async function casesOfKinds(): Promise<Case[]> {
  const cases: Case[] = []
  for (const [name, key] of await keysOfAllKinds()) {
    if (UNKNOWN_TO_GPG.includes(name)) continue
    const good = await sign(key)
    cases.push([`by ${name}`, key, good, true])
    cases.push([`by ${name}, over other data`, key, turnLast(good, 1), false])
    cases.push([`by ${name}, with another number`, key, turnLast(good, 2), false])
    cases.push([`compressed, by ${name}`, key, await compressed(key), true])
  }
  return cases
}

async function compressed(key: openpgp.PrivateKey): Promise<Uint8Array> {
  const body = Buffer.concat([Buffer.from([2]), deflateSync(await sign(key))])
  const head = Buffer.from([0xc8, 255, 0, 0, 0, 0])
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}

async function casesOfTimes(): Promise<Case[]> {
  const alice = await makeKey('alice')
  const ended = await makeKey('ended', { lifetime: 40 * DAY })
  const gone = await makeKey('gone')
  const { publicKey } = await openpgp.revokeKey({ key: gone, format: 'object' })
  const letEnd = { signatureExpirationTime: 3600, signatureNeverExpires: false }
  const lasting = { signatureExpirationTime: 400 * DAY, signatureNeverExpires: false }
  const critical = {
    rawNotations: [{ name: 'a@b', value: Buffer.from('c'), humanReadable: true, critical: true }]
  }
  return [
    ['in the older form', alice, await signOddly(alice, payload(), SIGNED), true],
    ['that ended', alice, await signOddly(alice, payload(), SIGNED, letEnd), false],
    ['that will end', alice, await signOddly(alice, payload(), SIGNED, lasting), true],
    ['with a critical notation', alice, await signOddly(alice, payload(), SIGNED, critical), false],
    ['by a key that ended since', ended, await sign(ended), false],
    ['by a withdrawn key', publicKey, await sign(gone), false],
    ['by another key', alice, await sign(gone), false],
    ['from before its key', alice, await signOddly(alice, payload(), MADE - DAY), false]
  ]
}

async function casesOfSubkeys(): Promise<Case[]> {
  const bob = await makeKey('bob', { subkey: true })
  const signed = await sign(bob)
  const revoked = await openpgp.readPrivateKey({ binaryKey: bob.write() })
  const [subkey] = revoked.subkeys
  if (subkey === undefined) throw new Error('no subkey')
  revoked.subkeys[0] = await subkey.revoke(revoked.keyPacket as openpgp.SecretKeyPacket)
  const unbound = await openpgp.readKey({ binaryKey: bob.toPublic().write() })
  unbound.subkeys[0]?.bindingSignatures.splice(0)
  return [
    ['by a subkey', bob, signed, true],
    ['by a withdrawn subkey', revoked, signed, false],
    ['by a subkey that nothing binds', unbound, signed, false]
  ]
}

describe.skipIf(spawnSync('gpg', ['--version']).status !== 0)('a signature', () => {
  test('counts where gpg calls it good, and nowhere else', async () => {
    const cases = [
      ...(await casesOfKinds()),
      ...(await casesOfTimes()),
      ...(await casesOfSubkeys())
    ]
    const told = []
    for (const [name, key, message] of cases) {
      told.push([name, ours(key, message), await theirs(key, message)])
    }
    expect(told).toEqual(cases.map(([name, , , good]) => [name, good, good]))
  }, 180_000)
})
