import { Malformed } from './malformed.js'

const BEGIN = /^-----BEGIN PGP (PUBLIC|PRIVATE) KEY BLOCK-----$/
const END = /^-----END PGP (PUBLIC|PRIVATE) KEY BLOCK-----$/

/** Whether bytes are text, which may be armoured keys: each packet begins with a byte that no such text has. */
export function isArmored([first = 0]: Uint8Array): boolean {
  return first < 0x80
}

/**
 * Keys without their armour (RFC 9580, section 6.2), one block after the other; what stands around blocks is
 * for people. The sum is not checked, as the RFC has it: everything in a key is signed.
 * @returns the bytes themselves where they are not armoured
 * @throws Malformed
 */
export function dearmored(bytes: Uint8Array): Uint8Array {
  if (!isArmored(bytes)) return bytes
  const blocks: Uint8Array[] = []
  let open: string[] | undefined
  for (const line of asText(bytes)
    .split('\n')
    .map((each) => each.trimEnd())) {
    if (open === undefined) {
      if (BEGIN.test(line)) open = []
    } else if (END.test(line)) {
      blocks.push(blockOf(open))
      open = undefined
    } else open.push(line)
  }
  if (open !== undefined) throw new Malformed('an armoured block has no end')
  if (blocks.length === 0) throw new Malformed('there is no armoured key')
  return Buffer.concat(blocks)
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** Headers such as `Comment: …` end with an empty line; the sum after the data begins with `=`. */
function blockOf(lines: readonly string[]): Uint8Array {
  const blank = lines.indexOf('')
  if (blank === -1) throw new Malformed('an armoured block has no empty line before its data')
  const data = lines.slice(blank + 1).filter((line) => line !== '' && !/^=[^=]{4}$/.test(line))
  const text = data.join('')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new Malformed('the armour is damaged')
  return Buffer.from(text, 'base64')
}

/** Keys as text (RFC 9580, section 6.2), with the sum that older programs want. */
export function armored(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  const sum = Buffer.alloc(3)
  sum.writeUIntBE(crc24(bytes), 0, 3)
  return [
    '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    '',
    ...lines,
    `=${sum.toString('base64')}`,
    '-----END PGP PUBLIC KEY BLOCK-----',
    ''
  ].join('\n')
}

/** Section 6.1.1. */
function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce
  for (const byte of bytes) {
    crc ^= byte << 16
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb
    }
  }
  return crc
}
