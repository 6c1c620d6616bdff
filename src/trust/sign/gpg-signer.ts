import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../base/process.js'
import type { KeyRing } from '../keys/key-ring.js'
import { keyRefusal } from '../keys/key-validity.js'
import type { Signer } from './signer.js'
import { TrustError } from '../trust-error.js'

/** Which key is to sign. */
export interface GpgChoice {
  readonly ring: KeyRing
  /** Seconds since 1970. */
  readonly now: number
  /** Hexadecimal digits at the end of the fingerprint of a key or subkey. */
  readonly key?: string
  readonly signal?: AbortSignal
}

/**
 * Signs with the user's own gpg, so that smart cards, PINs and touch work as its agent has them.
 * @throws TrustError `sign/no-gpg`, `sign/no-key`, `sign/gpg-failed`
 */
export async function gpgSigner(choice: GpgChoice): Promise<Signer> {
  const { ring, now, key = '', signal } = choice
  const secrets = await secretKeys(signal)
  const wanted = key.toLowerCase().replace(/^0x/, '')
  const usable = ring.keys.filter((each) => {
    return secrets.has(each.key.fingerprint) && keyRefusal(each, now, now) === undefined
  })
  const chosen = usable.filter((each) => {
    const fingerprints = [each.key.fingerprint, each.certificate.primary.fingerprint]
    return fingerprints.some((fingerprint) => fingerprint.endsWith(wanted))
  })
  const people = new Set(chosen.map(({ person }) => person))
  const [first] = chosen
  if (first === undefined || people.size > 1) throw noKey([...people], key)
  // The exclamation mark has gpg take this very subkey, and not the newest one.
  const { fingerprint } = first.key
  return { person: first.person, sign: (text) => signWith(`${fingerprint}!`, text, signal) }
}

/** Fingerprints of keys and subkeys whose secret part gpg has, or knows a card to have. */
async function secretKeys(signal: AbortSignal | undefined): Promise<ReadonlySet<string>> {
  const words = ['--batch', '--with-colons', '--list-secret-keys']
  const { stdout } = await runGpg(words, '', signal)
  const fingerprints = stdout.matchAll(/^fpr:(?:[^:\n]*:){8}([0-9A-F]{40}):/gm)
  return new Set([...fingerprints].map(([, fingerprint = '']) => fingerprint.toLowerCase()))
}

async function signWith(
  key: string,
  text: string,
  signal: AbortSignal | undefined
): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'stagex-sign-'))
  const file = join(folder, 'signature')
  try {
    const form = ['--no-armor', '--compress-algo=none', '--digest-algo=SHA512']
    const words = ['--quiet', ...form, '--local-user', key, '--output', file, '--sign']
    await runGpg(words, text, signal)
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runGpg(
  words: readonly string[],
  input: string,
  signal: AbortSignal | undefined
): Promise<{ readonly stdout: string }> {
  const options = { input, ...(signal === undefined ? {} : { signal }) }
  const ended = await run('gpg', words, options).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw noGpg()
    return { status: 1, stdout: '', stderr: String(error) }
  })
  if (ended.status === 0) return ended
  throw new TrustError('sign/gpg-failed', 'gpg did not do it', {
    where: `gpg ${words.join(' ')}`,
    found: ended.stderr.trim().slice(-1000),
    hint: 'if no PIN was asked for: export GPG_TTY=$(tty)'
  })
}

function noGpg(): TrustError {
  return new TrustError('sign/no-gpg', 'gpg was not found', {
    expected: 'the gpg program, which keeps the secret key or speaks to the card',
    hint: 'install GnuPG: the package gnupg, or gnupg2'
  })
}

function noKey(people: readonly string[], key: string): TrustError {
  const several = people.length > 1
  const message = several
    ? 'several maintainers have their keys here'
    : 'no maintainer’s key is here'
  return new TrustError('sign/no-key', message, {
    expected:
      'a secret key of gpg that MAINTAINERS lists, that lies in keys/, and that may sign now',
    found: several ? people.join(' ') : key === '' ? 'none' : key,
    hint: several ? 'choose one with --key' : 'stagex maintainers check'
  })
}
