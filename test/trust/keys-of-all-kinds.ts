import * as openpgp from 'openpgp'
import { MADE } from './trust-world.js'

/** A kind of key that is accepted, by the name that our survey gives to it. */
type Kind = Partial<Pick<openpgp.KeyOptions, 'type' | 'curve' | 'rsaBits'>>

const KINDS: Readonly<Record<string, Kind>> = {
  rsa2048: { type: 'rsa', rsaBits: 2048 },
  rsa3072: { type: 'rsa', rsaBits: 3072 },
  'ed25519, the older packet': { type: 'ecc', curve: 'ed25519Legacy' },
  ed25519: { type: 'curve25519' },
  ed448: { type: 'curve448' },
  nistP256: { type: 'ecc', curve: 'nistP256' },
  nistP384: { type: 'ecc', curve: 'nistP384' },
  nistP521: { type: 'ecc', curve: 'nistP521' }
}

/** A key of each kind. */
export async function keysOfAllKinds(): Promise<Map<string, openpgp.PrivateKey>> {
  const made = Object.entries(KINDS).map(async ([name, kind]) => {
    const { privateKey } = await openpgp.generateKey({
      ...kind,
      userIDs: [{ name }],
      date: new Date(MADE * 1000),
      subkeys: [],
      format: 'object'
    })
    return [name, privateKey] as const
  })
  return new Map(await Promise.all(made))
}
