// Measures stagex verify against a loop over gpg, on the same signatures, both in this run.
//
//   npx tsx bench/verify.ts [--images N]
//
// Each image has two signatures: one by an RSA key of 4096 bits, one by an Ed25519 key. Ours is the whole command,
// from the start of its process to its report; theirs is `gpg --verify` for each signature, which looks at neither
// the digest nor the number of people.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as openpgp from 'openpgp'
import { type Digest, sha256 } from '../src/oci/digest.js'
import { writePayload } from '../src/trust/payload/write-payload.js'

const { values } = parseArgs({ options: { images: { type: 'string', default: '513' } } })
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
const now = Math.floor(Date.now() / 1000)

try {
  const images = Array.from({ length: Number(values.images) }, (_, index) => {
    const image = `core-image${String(index)}`
    return { image, digest: sha256(image) }
  })
  const files = await prepare(images)
  spawnSync(stagex, ['--version'])
  const ours = seconds(() => {
    const words = ['--root', root, 'verify', join(root, 'digests', 'core.txt')]
    const { status, stderr } = spawnSync(stagex, words, { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  })
  const theirs = seconds(() => {
    for (const file of files) {
      const words = ['--homedir', join(root, 'gnupg'), '--batch', '--quiet', '--verify', file]
      const { status, stderr } = spawnSync('gpg', words, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
    }
  })
  const ratio = (ours / theirs).toFixed(3)
  process.stdout.write(
    `${files.length} signatures of ${images.length} images: stagex ${ours.toFixed(2)} s, gpg ${theirs.toFixed(2)} s, ratio ${ratio}\n`
  )
} finally {
  spawnSync('gpgconf', ['--homedir', join(root, 'gnupg'), '--kill', 'all'])
  rmSync(root, { recursive: true, force: true })
}

/** A tree of signed images; gives the files of the signatures. */
async function prepare(
  images: readonly { readonly image: string; readonly digest: Digest }[]
): Promise<string[]> {
  for (const name of ['keys', 'digests', 'packages']) mkdirSync(join(root, name))
  mkdirSync(join(root, 'gnupg'), { mode: 0o700 })
  const lines = images.map(({ image, digest }) => `${digest.slice('sha256:'.length)} ${image}\n`)
  writeFileSync(join(root, 'digests', 'core.txt'), lines.join(''))
  const date = new Date((now - 3600) * 1000)
  const common = { date, format: 'object' as const }
  const keys = {
    alice: await openpgp.generateKey({
      ...common,
      type: 'rsa',
      rsaBits: 4096,
      userIDs: { name: 'alice' }
    }),
    bob: await openpgp.generateKey({
      ...common,
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: { name: 'bob' }
    })
  }
  const people = Object.entries(keys).map(([id, { publicKey }]) => {
    const file = join(root, 'keys', `${id}.asc`)
    writeFileSync(file, publicKey.armor())
    spawnSync('gpg', ['--homedir', join(root, 'gnupg'), '--batch', '--quiet', '--import', file])
    return `[people.${id}]\n[keys.${id}.a]\nfingerprint = "${publicKey.getFingerprint()}"\n`
  })
  writeFileSync(join(root, 'MAINTAINERS'), people.join(''))
  const files: string[] = []
  for (const { image, digest } of images) {
    const folder = join(root, 'signatures', `stagex/${image}@sha256=${digest.slice(7)}`)
    mkdirSync(folder, { recursive: true })
    for (const [index, { privateKey }] of Object.values(keys).entries()) {
      const file = join(folder, `signature-${String(index + 1)}`)
      writeFileSync(file, await signature(image, digest, privateKey))
      files.push(file)
    }
  }
  return files
}

async function signature(
  image: string,
  digest: Digest,
  key: openpgp.PrivateKey
): Promise<Uint8Array> {
  const text = writePayload({
    reference: `docker.io/stagex/${image}:1`,
    digest,
    creator: 'bench',
    timestamp: now,
    inputs: digest
  })
  const message = await openpgp.createMessage({ binary: Buffer.from(text) })
  const signed: unknown = await openpgp.sign({ message, signingKeys: key, format: 'binary' })
  return signed as Uint8Array
}

function seconds(work: () => void): number {
  const begin = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - begin) / 1e9
}
