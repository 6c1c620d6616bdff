import { closeSync, constants, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from '../../base/order.js'
import { dearmored } from '../openpgp/armor.js'
import { readPackets } from '../openpgp/packets.js'
import {
  readTransferableKeys,
  SecretKeyFound,
  type TransferableKey
} from '../openpgp/transferable-key.js'
import { TrustError } from '../trust-error.js'
import type { Certificate } from './certificate.js'
import { readCertificate } from './read-certificate.js'

/** Bytes of one file of keys. */
const LARGEST_FILE = 1024 * 1024
const MOST_FILES = 1000
const MOST_KEYS = 1000
/** Of one file; a key that many people certified has some thousands. */
const MOST_PACKETS = 20_000

/** The public keys that lie in a folder, and files that are none. */
export interface ReadKeys {
  readonly certificates: readonly Certificate[]
  /** Of each file that could not be used, why. */
  readonly unusable: readonly TrustError[]
}

/**
 * Reads every key in a tree's `keys/`, armoured or not; their file names say nothing. A file that is no key
 * gives nobody a key, and stops no other.
 * @param now seconds since 1970
 * @throws TrustError `keys/too-many`
 */
export function readKeys(folder: string, now: number): ReadKeys {
  const names = namesIn(folder)
  const certificates: Certificate[] = []
  const unusable: TrustError[] = []
  for (const name of names) {
    try {
      const file = join(folder, name)
      const keys = parseKeys(readBounded(file), `keys/${name}`)
      certificates.push(...keys.map((key) => readCertificate(key, `keys/${name}`, now)))
    } catch (error) {
      unusable.push(asTrustError(error, `keys/${name}`))
    }
    if (certificates.length > MOST_KEYS) throw tooMany(folder)
  }
  return withoutDuplicates({ certificates, unusable })
}

/**
 * Two copies of a key may tell different things of it, such as whether it is withdrawn. Neither is used, so
 * that an old copy never makes a key good again.
 */
function withoutDuplicates({ certificates, unusable }: ReadKeys): ReadKeys {
  const files = new Map<string, string[]>()
  for (const { primary, file } of certificates) {
    files.set(primary.fingerprint, [...(files.get(primary.fingerprint) ?? []), file])
  }
  const twice = [...files].filter(([, places]) => places.length > 1)
  const errors = twice.map(([fingerprint, places]) => {
    return new TrustError('keys/duplicate', 'one key lies in keys/ twice', {
      where: places.join(' '),
      found: fingerprint,
      hint: 'import both into gpg, and export the key again into one file'
    })
  })
  return {
    certificates: certificates.filter(
      ({ primary }) => files.get(primary.fingerprint)?.length === 1
    ),
    unusable: [...unusable, ...errors]
  }
}

/**
 * The keys in a file, as they are.
 * @throws TrustError `keys/unreadable`, `keys/too-large`
 */
export function readKeyFile(file: string): TransferableKey[] {
  return parseKeys(readBounded(file), file)
}

/**
 * The keys that bytes hold, one after the other, armoured or not.
 * @throws TrustError `keys/unreadable`
 */
export function parseKeys(bytes: Uint8Array, where: string): TransferableKey[] {
  try {
    return readTransferableKeys(readPackets(dearmored(bytes), MOST_PACKETS))
  } catch (error) {
    if (!(error instanceof SecretKeyFound)) throw asTrustError(error, where)
    throw new TrustError('keys/unreadable', 'a secret key lies among the public ones', {
      where,
      hint: 'take it out of the repository, and withdraw the key: it is no secret any more'
    })
  }
}

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
    if (names.length > MOST_FILES) throw tooMany(folder)
    return names.filter((name) => /\.(?:asc|pgp|gpg|pub|key)$/.test(name)).sort(byCodeUnit)
  } catch (error) {
    // Without the folder there are no keys, and nobody's signature counts.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** One byte more than allowed shows that a file is too large. */
function readBounded(file: string): Uint8Array {
  const descriptor = openSync(
    file,
    constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
  )
  try {
    const space = Buffer.alloc(LARGEST_FILE + 1)
    let length = 0
    for (let count = -1; count !== 0 && length < space.length; length += count) {
      count = readSync(descriptor, space, length, space.length - length, null)
    }
    if (length <= LARGEST_FILE) return space.subarray(0, length)
    throw new TrustError('keys/too-large', 'the file is too large to be a key', {
      where: file,
      expected: `at most ${LARGEST_FILE} bytes`
    })
  } finally {
    closeSync(descriptor)
  }
}

function asTrustError(error: unknown, where: string): TrustError {
  if (error instanceof TrustError) return error
  const found = error instanceof Error ? error.message : String(error)
  return new TrustError('keys/unreadable', 'there is no OpenPGP key in the file', { where, found })
}

function tooMany(where: string): TrustError {
  return new TrustError('keys/too-many', 'there are too many keys', {
    where,
    expected: `at most ${MOST_KEYS}`
  })
}
