import { readFileSync } from 'node:fs'
import type { KeyRing } from '../keys/key-ring.js'
import { openPgp } from './openpgp.js'
import { TrustError } from '../trust-error.js'
import type { Signer } from './signer.js'

/**
 * Signs with a secret key in a file, without a passphrase: for tests and trials. A maintainer's key belongs
 * on a card, where no program can read it.
 * @param now seconds since 1970; the time that the signatures bear
 * @throws TrustError `sign/no-key`
 */
export async function softwareSigner(file: string, ring: KeyRing, now: number): Promise<Signer> {
  const { createMessage, readPrivateKey, sign } = openPgp()
  const key = await readPrivateKey({ armoredKey: readFileSync(file, 'latin1') }).catch(
    (cause: unknown) => {
      throw new TrustError('sign/no-key', 'there is no secret key in the file', {
        where: file,
        cause
      })
    }
  )
  const fingerprint = key.getFingerprint()
  const owner = ring.keys.find(({ certificate }) => certificate.primary.fingerprint === fingerprint)
  if (owner === undefined) {
    throw new TrustError('sign/no-key', 'this is no maintainer’s key', {
      where: file,
      found: fingerprint
    })
  }
  const date = new Date(now * 1000)
  return {
    person: owner.person,
    sign: async (text) => {
      const message = await createMessage({ binary: Buffer.from(text), date })
      const signed: unknown = await sign({ message, signingKeys: key, date, format: 'binary' })
      return signed as Uint8Array
    }
  }
}
