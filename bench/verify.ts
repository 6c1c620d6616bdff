// Measures stagex verify against loops over gpg and skopeo, on the same signatures, all in this run.
//
//   npx tsx bench/verify.ts [--images N] [--runs N]
//
// Each image has two signatures: one by an RSA key of 4096 bits, one by an Ed25519 key. Ours is the whole command,
// from the start of its process to its report: the median of several runs. Theirs is, for each signature, `gpg
// --verify`, which looks at neither the digest nor the number of people, and `skopeo standalone-verify`, which looks
// at the digest, too.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as openpgp from 'openpgp'
import { type Digest, sha256 } from '../src/oci/digest.js'
import { writePayload } from '../src/trust/payload/write-payload.js'

const { values } = parseArgs({
  options: { images: { type: 'string', default: '513' }, runs: { type: 'string', default: '5' } }
})
const stagex = fileURLToPath(new URL('../stagex', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'stagex-bench-'))
const gnupg = join(root, 'gnupg')
const now = Math.floor(Date.now() / 1000)

/** A signature, and what somebody who checks it alone has to be told. */
interface Signature {
  readonly file: string
  /** The file of the manifest that it is about. */
  readonly manifest: string
  readonly reference: string
  readonly fingerprint: string
}

try {
  const images = Array.from({ length: Number(values.images) }, (_, index) => {
    const image = `core-image${String(index)}`
    return { image, digest: sha256(image) }
  })
  const signatures = await prepare(images)
  ours()
  const times = Array.from({ length: Number(values.runs) }, () => seconds(ours))
  const [median = 0] = times.sort((a, b) => a - b).slice(Math.floor(times.length / 2))
  process.stdout.write(
    `${signatures.length} signatures of ${images.length} images: stagex ${median.toFixed(2)} s\n`
  )
  for (const [name, verify] of [
    ['gpg', withGpg],
    ['skopeo', withSkopeo]
  ] as const) {
    if (spawnSync(name, ['--version']).status !== 0) continue
    const theirs = seconds(() => {
      signatures.forEach(verify)
    })
    process.stdout.write(`${name} ${theirs.toFixed(2)} s, ratio ${(median / theirs).toFixed(3)}\n`)
  }
} finally {
  spawnSync('gpgconf', ['--homedir', gnupg, '--kill', 'all'])
  rmSync(root, { recursive: true, force: true })
}

function ours(): void {
  run(stagex, ['--root', root, 'verify', join(root, 'digests', 'core.txt')])
}

function withGpg({ file }: Signature): void {
  run('gpg', ['--homedir', gnupg, '--batch', '--quiet', '--verify', file])
}

function withSkopeo({ file, manifest, reference, fingerprint }: Signature): void {
  run('skopeo', ['standalone-verify', manifest, reference, fingerprint, file])
}

function run(program: string, words: readonly string[]): void {
  const env = { ...process.env, GNUPGHOME: gnupg }
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(stderr)
}

/** A tree of signed images. */
async function prepare(
  images: readonly { readonly image: string; readonly digest: Digest }[]
): Promise<Signature[]> {
  for (const name of ['keys', 'digests', 'packages', 'manifests']) mkdirSync(join(root, name))
  mkdirSync(gnupg, { mode: 0o700 })
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
    spawnSync('gpg', ['--homedir', gnupg, '--batch', '--quiet', '--import', file])
    return `[people.${id}]\n[keys.${id}.a]\nfingerprint = "${publicKey.getFingerprint()}"\n`
  })
  writeFileSync(join(root, 'MAINTAINERS'), people.join(''))
  const signatures: Signature[] = []
  for (const { image, digest } of images) {
    const folder = join(root, 'signatures', `stagex/${image}@sha256=${digest.slice(7)}`)
    mkdirSync(folder, { recursive: true })
    const manifest = join(root, 'manifests', image)
    // What is signed is the digest of any bytes; nobody here reads them as a manifest.
    writeFileSync(manifest, image)
    for (const [index, { privateKey }] of Object.values(keys).entries()) {
      const file = join(folder, `signature-${String(index + 1)}`)
      writeFileSync(file, await signature(image, digest, privateKey))
      const fingerprint = privateKey.getFingerprint().toUpperCase()
      signatures.push({ file, manifest, reference: referenceOf(image), fingerprint })
    }
  }
  return signatures
}

async function signature(
  image: string,
  digest: Digest,
  key: openpgp.PrivateKey
): Promise<Uint8Array> {
  const text = writePayload({
    reference: referenceOf(image),
    digest,
    creator: 'bench',
    timestamp: now,
    inputs: digest
  })
  const message = await openpgp.createMessage({ binary: Buffer.from(text) })
  const signed: unknown = await openpgp.sign({ message, signingKeys: key, format: 'binary' })
  return signed as Uint8Array
}

function referenceOf(image: string): string {
  return `docker.io/stagex/${image}:1`
}

function seconds(work: () => void): number {
  const begin = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - begin) / 1e9
}
