import * as openpgp from 'openpgp'
import { readPackets, type Packet } from '../../src/trust/openpgp/packets.js'

/** A packet in the newer format with a length of five bytes. */
export function packet(tag: number, body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(6)
  head[0] = 0xc0 | tag
  head[1] = 255
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}

/** A message of packets. */
export function messageOf(packets: readonly Packet[]): Uint8Array {
  return Buffer.concat(packets.map(({ tag, body }) => packet(tag, body)))
}

/** The announcement, data and signature of a signed message. */
export function partsOf(message: Uint8Array): [Packet, Packet, Packet] {
  const [announced, literal, signature] = readPackets(message, 8)
  if (announced === undefined || literal === undefined || signature === undefined) throw new Error()
  return [announced, literal, signature]
}

/** The message with one part changed. */
export function changed(
  message: Uint8Array,
  part: 0 | 1 | 2,
  change: (body: Uint8Array) => unknown
): Uint8Array {
  const parts = partsOf(message)
  const { tag, body } = parts[part]
  const copy = Buffer.from(body)
  const made = change(copy)
  parts[part] = { tag, body: made instanceof Uint8Array ? made : copy }
  return messageOf(parts)
}

/** Signs `content` with what an honest program would not use; see {@link openpgp.SignaturePacket}. */
export async function signOddly(
  key: openpgp.PrivateKey | openpgp.Subkey,
  content: string,
  signed: number,
  odd: Readonly<Record<string, unknown>> = {}
): Promise<Uint8Array> {
  const signature = new openpgp.SignaturePacket()
  const secret = key.keyPacket as openpgp.SecretKeyPacket
  Object.assign(signature, {
    signatureType: openpgp.enums.signature.binary,
    publicKeyAlgorithm: secret.algorithm,
    hashAlgorithm: openpgp.enums.hash.sha256,
    ...odd
  })
  const data = { text: null, getBytes: () => Buffer.from(content) }
  const sign = signature.sign.bind(signature) as unknown as (...words: unknown[]) => Promise<void>
  await sign(secret, data, new Date(signed * 1000), false, openpgp.config)
  const body = (signature as unknown as { write: () => Uint8Array }).write()
  const literal = Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), Buffer.from(content)])
  return messageOf([
    { tag: 2, body },
    { tag: 11, body: literal }
  ])
}
