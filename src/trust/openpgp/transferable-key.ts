import { Malformed } from './malformed.js'
import { type Packet, writePacket } from './packets.js'
import { type PublicKey, readPublicKey } from './public-key.js'
import { readSignature, SIGNATURE_VERSION, type SignaturePacket } from './signature-packet.js'

/** A key with everything that was signed about it, sorted and not checked (RFC 9580, section 10.1). */
export interface TransferableKey {
  readonly primary: PublicKey
  /** Statements about the primary key itself. */
  readonly signatures: readonly SignaturePacket[]
  readonly users: readonly UserId[]
  readonly subkeys: readonly TransferableSubkey[]
}

/** A name, and what was signed about it. */
export interface UserId {
  readonly bytes: Uint8Array
  readonly signatures: readonly SignaturePacket[]
}

/** A subkey, and what was signed about it. */
export interface TransferableSubkey {
  readonly key: PublicKey
  readonly signatures: readonly SignaturePacket[]
}

/** Packet types (RFC 9580, section 5). */
const TAG = {
  signature: 2,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  userId: 13,
  subkey: 14,
  attribute: 17
}

/** Signatures about the primary key wherever they stand: its withdrawal must not depend on the place. */
const ABOUT_PRIMARY = [0x1f, 0x20]

/**
 * Sorts the packets of one or more keys.
 * @throws Malformed; SecretKeyFound where a secret key is among them
 */
export function readTransferableKeys(packets: readonly Packet[]): TransferableKey[] {
  const starts = packets.flatMap(({ tag }, index) => (tag === TAG.publicKey ? [index] : []))
  if (packets.some(({ tag }) => tag === TAG.secretKey || tag === TAG.secretSubkey)) {
    throw new SecretKeyFound('there is a secret key in it')
  }
  if (starts[0] !== 0) throw new Malformed('it does not begin with a public key')
  return starts.map((start, index) => readOne(packets.slice(start, starts[index + 1])))
}

/** Somebody's secret key, where only public ones may be. */
export class SecretKeyFound extends Malformed {}

/** Signatures that are still being collected. */
interface Collecting {
  readonly signatures: SignaturePacket[]
}

function readOne(packets: readonly Packet[]): TransferableKey {
  const [first, ...others] = packets
  if (first === undefined) throw new Malformed('there is no key')
  const about: Collecting = { signatures: [] }
  const users: (UserId & Collecting)[] = []
  const subkeys: (TransferableSubkey & Collecting)[] = []
  // What the next signatures are about; signatures about what is not understood are nobody's.
  let current = about
  for (const { tag, body } of others) {
    if (tag === TAG.signature) {
      const signature = readIfKnown(body)
      if (signature === undefined) continue
      const target = ABOUT_PRIMARY.includes(signature.type) ? about : current
      target.signatures.push(signature)
    } else if (tag === TAG.userId) {
      const user = { bytes: body, signatures: [] }
      users.push(user)
      current = user
    } else if (tag === TAG.subkey || tag === TAG.attribute) {
      const key = tag === TAG.subkey ? readSubkey(body) : undefined
      current = { signatures: [] }
      if (key !== undefined) subkeys.push({ key, ...current })
    }
  }
  return { primary: readPublicKey(first.body), signatures: about.signatures, users, subkeys }
}

/** A key's packets: what was read of it, and nothing that was passed over. */
export function writeTransferableKey(key: TransferableKey): Uint8Array {
  const signed = (signatures: readonly SignaturePacket[]): Packet[] => {
    return signatures.map(({ body }) => ({ tag: TAG.signature, body }))
  }
  const packets = [
    { tag: TAG.publicKey, body: key.primary.body },
    ...signed(key.signatures),
    ...key.users.flatMap((user) => [
      { tag: TAG.userId, body: user.bytes },
      ...signed(user.signatures)
    ]),
    ...key.subkeys.flatMap((subkey) => [
      { tag: TAG.subkey, body: subkey.key.body },
      ...signed(subkey.signatures)
    ])
  ]
  return Buffer.concat(packets.map(writePacket))
}

/** A subkey of a version or form that is not understood is passed over, and takes nothing from the others. */
function readSubkey(body: Uint8Array): PublicKey | undefined {
  try {
    return readPublicKey(body)
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

/** Signatures of other versions state nothing here. A damaged one makes the whole key suspect. */
function readIfKnown(body: Uint8Array): SignaturePacket | undefined {
  return body[0] === SIGNATURE_VERSION ? readSignature(body) : undefined
}
