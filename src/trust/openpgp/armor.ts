import { Malformed } from './malformed.js'

const BEGIN = /^-----BEGIN PGP (PUBLIC|PRIVATE) KEY BLOCK-----$/
const END = /^-----END PGP (PUBLIC|PRIVATE) KEY BLOCK-----$/

/**
 * The keys in an armoured text (RFC 9580, section 6.2), one block after the other; what stands between blocks
 * is for people. Its sum is not checked, as the RFC has it: everything in a key is signed.
 * @throws Malformed
 */
export function dearmored(text: string): Uint8Array {
  const blocks: Uint8Array[] = []
  let open: string[] | undefined
  for (const line of text.split('\n').map((each) => each.trimEnd())) {
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

/** Headers such as `Comment: …` end with an empty line; the sum after the data begins with `=`. */
function blockOf(lines: readonly string[]): Uint8Array {
  const blank = lines.indexOf('')
  if (blank === -1) throw new Malformed('an armoured block has no empty line before its data')
  const data = lines.slice(blank + 1).filter((line) => line !== '' && !/^=[^=]{4}$/.test(line))
  const text = data.join('')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new Malformed('the armour is damaged')
  return Buffer.from(text, 'base64')
}
